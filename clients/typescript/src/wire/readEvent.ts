import { MalformedFrameError } from '../errors.js';
import type { ClientEvents } from '../events.js';
import { type Frame, readClient, readObject, readOrigin, readService, readString, readTarget } from './reading.js';

/** Those of a client's events that come in as frames. */
export type FrameEvent = {
  [K in keyof ClientEvents]: { readonly name: K; readonly event: ClientEvents[K] };
}[Exclude<keyof ClientEvents, 'disconnected' | 'reconnecting' | 'reconnected' | 'closed'>];

/**
 * Reads a frame that answers nothing (protocol, sections "Events" and "Rooms").
 * @returns null for a type that a newer concierge may have and this client doesn't know.
 * @throws MalformedFrameError where it is not in the protocol.
 */
export function readEvent(frame: Frame): FrameEvent | null {
  const client = () => readClient(frame.client);
  const service = () => readService(frame.service);
  const room = () => readString(readObject(frame.room, 'room').name, 'room.name');
  switch (frame.type) {
    case 'MESSAGE':
      return {
        name: 'message',
        event: { origin: readOrigin(frame.origin), target: readTarget(frame.target), data: frame.data },
      };
    case 'CLIENT_JOINED':
      return { name: 'clientJoined', event: { client: client() } };
    case 'CLIENT_LEFT':
      return { name: 'clientLeft', event: { client: client() } };
    case 'CLIENT_UPDATED':
      return { name: 'clientUpdated', event: { client: client() } };
    case 'SERVICE_CREATE_RESULT':
      return { name: 'serviceCreated', event: { service: service() } };
    case 'SERVICE_DELETE_RESULT':
      return { name: 'serviceDeleted', event: { service: service() } };
    case 'SERVICE_CLIENT_SUBSCRIBED':
      return { name: 'serviceSubscribed', event: { client: client(), service: service() } };
    case 'SERVICE_CLIENT_UNSUBSCRIBED':
      return { name: 'serviceUnsubscribed', event: { client: client(), service: service() } };
    case 'ROOM_CLIENT_JOINED':
      return { name: 'roomJoined', event: { client: client(), room: room() } };
    case 'ROOM_CLIENT_LEFT':
      return { name: 'roomLeft', event: { client: client(), room: room() } };
    case 'ERROR_PROTOCOL':
      return {
        name: 'fault',
        event: { error: new MalformedFrameError(`The concierge could not read a frame: ${String(frame.desc)}`) },
      };
    default:
      return null;
  }
}
