import type { ConnectionClosedError } from './errors.js';
import type { ClientInfo, Origin, ServiceInfo, Target } from './infos.js';

/** What a client tells, by the event's name. */
export interface ClientEvents {
  /** A message came in. `data` is any JSON value: the sender decides, so expect what you don't expect. */
  message: { readonly origin: Origin; readonly target: Target; readonly data: unknown };
  /** Another client was identified. */
  clientJoined: { readonly client: ClientInfo };
  /** Another client left. */
  clientLeft: { readonly client: ClientInfo };
  /** A client, this one included, has another nickname. */
  clientUpdated: { readonly client: ClientInfo };
  /** A service was created, by this client or another. */
  serviceCreated: { readonly service: ServiceInfo };
  /** A service was deleted, by this client or another, or because its owner left. */
  serviceDeleted: { readonly service: ServiceInfo };
  /** A client, this one included, subscribed to a service that this client is subscribed to. */
  serviceSubscribed: { readonly client: ClientInfo; readonly service: ServiceInfo };
  /** Another client ended, or lost, its subscription to a service that this client is subscribed to. */
  serviceUnsubscribed: { readonly client: ClientInfo; readonly service: ServiceInfo };
  /** Another client joined a room that this client is in. */
  roomJoined: { readonly client: ClientInfo; readonly room: string };
  /** Another client left a room that this client is in, or left the concierge. */
  roomLeft: { readonly client: ClientInfo; readonly room: string };
  /** The connection is lost. Where the client won't retry, `closed` follows. */
  disconnected: { readonly reason: ConnectionClosedError; readonly willRetry: boolean };
  /** The client waits before its n-th attempt to reconnect, counted from 1; `delay` in milliseconds. */
  reconnecting: { readonly attempt: number; readonly delay: number };
  /**
   * The connection stands again, and what the client had, but for what is listed: `lostServices` another client owns by
   * now, or the concierge refused, as it did `lostRooms` (neither is tried again); `lostSubscriptions` are to services that aren't there
   * at the moment, and are made as soon as they are, where the client has `presence`. Messages that the new connection
   * brought in the meantime may have been told before this.
   */
  reconnected: {
    readonly lostServices: readonly string[];
    readonly lostSubscriptions: readonly string[];
    readonly lostRooms: readonly string[];
  };
  /** The end, told once: `reason` is null after {@link ConciergeClient.close}. */
  closed: { readonly reason: ConnectionClosedError | null };
  /**
   * Something failed that no call is waiting for: a handler threw, a frame was not in the protocol, an attempt to reconnect
   * failed. A handler's error goes to the console where nobody listens.
   */
  fault: { readonly error: unknown };
}
