import type { ClientDetails, ClientInfo, RoomInfo, ServiceInfo, Target } from './infos.js';
import {
  type Fields,
  type Frame,
  readClient,
  readDetails,
  readList,
  readOutcome,
  readRoom,
  readService,
} from './wire/reading.js';

/** One frame of the client's, and how its answer is read (protocol, section "From the client"). */
export interface Request<T> {
  /** What is asked, for people. */
  readonly label: string;
  /** The frame. */
  readonly text: string;
  /** The type of the answer hoped for. */
  readonly answer: string;
  /** Reads it. */
  readonly read: (answer: Frame) => T;
}

/** What came of asking for a service or a subscription. */
export interface ServiceOutcome {
  /** False where it was so already. */
  readonly changed: boolean;
  /** The service as it is now. */
  readonly service: ServiceInfo;
}

/** What came of joining or leaving a room. */
export interface RoomOutcome {
  /** False where it was so already. */
  readonly changed: boolean;
  /** The room as it is now. */
  readonly room: RoomInfo;
}

/** @throws TypeError where data can't be written as JSON. */
export function message(target: Target, data: unknown): Request<void> {
  const json = JSON.stringify(data) as string | undefined;
  if (json === undefined)
    throw new TypeError(
      `data: ${typeof data} is no JSON value; expected null, a boolean, number, string, array or object.`,
    );
  return {
    label: `MESSAGE to ${Object.values(target).join(' ')}`,
    text: `{"type":"MESSAGE","target":${JSON.stringify(target)},"data":${json}}`,
    answer: 'OK',
    read: () => undefined,
  };
}

export const subscribe = (service: string) => ask('SELF_SUBSCRIBE', { service }, serviceOutcome);
export const unsubscribe = (service: string) => ask('SELF_UNSUBSCRIBE', { service }, serviceOutcome);
export const createService = (service: string, nickname: string | null) =>
  ask('SERVICE_CREATE', { service, nickname }, serviceOutcome);
export const deleteService = (service: string) =>
  ask('SERVICE_DELETE', { service }, (answer): ServiceInfo => readService(answer.service));
export const fetchService = (service: string) =>
  ask('SERVICE_FETCH', { service }, (answer): ServiceInfo => readService(answer.service));
export const fetchServices = () =>
  ask('SERVICE_FETCH_ALL', {}, (answer): ServiceInfo[] => readList(answer.services, 'services', readService));
export const fetchClient = (uuid: string) =>
  ask('CLIENT_FETCH', { uuid }, (answer): ClientDetails => readDetails(answer));
export const fetchClients = () =>
  ask('CLIENT_FETCH_ALL', {}, (answer): ClientInfo[] => readList(answer.clients, 'clients', readClient));
export const fetchSelf = () => ask('SELF_FETCH', {}, (answer): ClientDetails => readDetails(answer));
export const joinRoom = (room: string) => ask('ROOM_JOIN', { room }, roomOutcome);
export const leaveRoom = (room: string) => ask('ROOM_LEAVE', { room }, roomOutcome);
export const fetchRoom = (room: string) => ask('ROOM_FETCH', { room }, (answer): RoomInfo => readRoom(answer.room));
export const fetchRooms = () =>
  ask('ROOM_FETCH_ALL', {}, (answer): RoomInfo[] => readList(answer.rooms, 'rooms', readRoom));
export const setNickname = (nickname: string | null): Request<void> => ({
  ...ask('SELF_SET_NICKNAME', { nickname }, () => undefined),
  answer: 'OK',
});

/** The smallest question that every concierge answers: nobody has the nil uuid. */
export const probe = () => fetchClient('00000000-0000-0000-0000-000000000000');

function ask<T>(type: string, fields: Fields, read: (answer: Frame) => T): Request<T> {
  return {
    label: [type, ...Object.values(fields)].join(' '),
    text: JSON.stringify({ type, ...fields }),
    answer: `${type}_RESULT`,
    read,
  };
}

function serviceOutcome(answer: Frame): ServiceOutcome {
  return readOutcome(answer, { service: readService(answer.service) });
}

function roomOutcome(answer: Frame): RoomOutcome {
  return readOutcome(answer, { room: readRoom(answer.room) });
}
