import { MalformedFrameError } from '../errors.js';
import type { ClientDetails, ClientInfo, Origin, RoomInfo, ServiceInfo, Target } from '../infos.js';

/** A JSON object, of which nothing is known yet. Only fields that the protocol names are read, so that no name from others is ever a key. */
export type Fields = Readonly<Record<string, unknown>>;

/** A frame from the concierge: an object with a type. */
export interface Frame extends Fields {
  readonly type: string;
}

/** @throws MalformedFrameError where it is none. */
export function readFrame(text: unknown): Frame {
  if (typeof text !== 'string') throw new MalformedFrameError('The concierge sent a binary frame: expected text.');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new MalformedFrameError('The concierge sent a frame that is no JSON.', { cause: error });
  }
  const frame = readObject(value, 'frame');
  return { ...frame, type: readString(frame.type, 'type') };
}

export function readObject(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unexpected(what, 'an object');
  return value as Fields;
}

export function readString(value: unknown, what: string): string {
  if (typeof value !== 'string') throw unexpected(what, 'a string');
  return value;
}

export function readBoolean(value: unknown, what: string): boolean {
  if (typeof value !== 'boolean') throw unexpected(what, 'a boolean');
  return value;
}

export function readList<T>(value: unknown, what: string, read: (item: unknown, what: string) => T): T[] {
  if (!Array.isArray(value)) throw unexpected(what, 'an array');
  return value.map((item) => read(item, what));
}

/** A frame's own `successful` and what it is about. */
export function readOutcome<T>(frame: Frame, subject: T): { changed: boolean } & T {
  return { changed: readBoolean(frame.successful, 'successful'), ...subject };
}

export function readClient(value: unknown, what = 'client'): ClientInfo {
  const fields = readObject(value, what);
  return {
    name: readString(fields.name, `${what}.name`),
    nickname: readNullableString(fields.nickname, `${what}.nickname`),
    uuid: readString(fields.uuid, `${what}.uuid`),
    tags: readList(fields.tags, `${what}.tags`, readString),
  };
}

export function readService(value: unknown, what = 'service'): ServiceInfo {
  const fields = readObject(value, what);
  return {
    name: readString(fields.name, `${what}.name`),
    nickname: readNullableString(fields.nickname, `${what}.nickname`),
    ownerUuid: readString(fields.owner_uuid, `${what}.owner_uuid`),
    subscribers: readList(fields.subscribers, `${what}.subscribers`, readString),
  };
}

export function readRoom(value: unknown, what = 'room'): RoomInfo {
  const fields = readObject(value, what);
  return {
    name: readString(fields.name, `${what}.name`),
    members: readList(fields.members, `${what}.members`, readString),
  };
}

export function readDetails(frame: Frame): ClientDetails {
  return {
    client: readClient(frame.client),
    subscriptions: readList(frame.subscriptions, 'subscriptions', readService),
  };
}

export function readOrigin(value: unknown): Origin {
  const { service } = readObject(value, 'origin');
  return {
    ...readClient(value, 'origin'),
    service: service === null || service === undefined ? null : readService(service, 'origin.service'),
  };
}

export function readTarget(value: unknown): Target {
  const fields = readObject(value, 'target');
  const text = (field: string) => readString(fields[field], `target.${field}`);
  switch (fields.type) {
    case 'NAME':
      return { type: 'NAME', name: text('name') };
    case 'UUID':
      return { type: 'UUID', uuid: text('uuid') };
    case 'SERVICE':
      return { type: 'SERVICE', service: text('service') };
    case 'SERVICE_CLIENT_UUID':
      return { type: 'SERVICE_CLIENT_UUID', service: text('service'), uuid: text('uuid') };
    case 'ALL':
      return { type: 'ALL' };
    case 'ROOM':
      return { type: 'ROOM', room: text('room') };
    default:
      throw unexpected('target.type', 'a target of the protocol');
  }
}

function readNullableString(value: unknown, what: string): string | null {
  return value === null || value === undefined ? null : readString(value, what);
}

function unexpected(what: string, expected: string): MalformedFrameError {
  return new MalformedFrameError(
    `The concierge sent a frame that is not in the protocol: ${what} should be ${expected}.`,
  );
}
