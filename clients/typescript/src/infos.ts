/** A client, as the concierge tells of it (protocol, section "Information objects"). */
export interface ClientInfo {
  readonly name: string;
  /** A name for people, or null. */
  readonly nickname: string | null;
  readonly uuid: string;
  readonly tags: readonly string[];
}

/** A service. */
export interface ServiceInfo {
  readonly name: string;
  /** A name for people, or null. */
  readonly nickname: string | null;
  readonly ownerUuid: string;
  /** Uuids. Complete in answers of `fetch…`; in events and origins always empty. */
  readonly subscribers: readonly string[];
}

/** A room. It is there while it has members. */
export interface RoomInfo {
  readonly name: string;
  /** Uuids. */
  readonly members: readonly string[];
}

/** Who sent a message, and the service that it went through, or null. */
export interface Origin extends ClientInfo {
  readonly service: ServiceInfo | null;
}

/** A client with the services that it is subscribed to. */
export interface ClientDetails {
  readonly client: ClientInfo;
  readonly subscriptions: readonly ServiceInfo[];
}

/** Whom a message is for (protocol, section "MESSAGE"). */
export type Target =
  | { readonly type: 'NAME'; readonly name: string }
  | { readonly type: 'UUID'; readonly uuid: string }
  | { readonly type: 'SERVICE'; readonly service: string }
  | { readonly type: 'SERVICE_CLIENT_UUID'; readonly service: string; readonly uuid: string }
  | { readonly type: 'ALL' }
  | { readonly type: 'ROOM'; readonly room: string };
