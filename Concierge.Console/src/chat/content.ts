import type { ClientInfo, Origin } from '@concierge/client';

/** What a message says, whatever dialect its sender speaks. */
export type Content =
  | { readonly kind: 'text'; readonly text: string }
  /** What a service tells about itself: somebody joined, somebody left. */
  | { readonly kind: 'status'; readonly text: string }
  /** Anything else: its type, where it has one, and the value. */
  | { readonly kind: 'json'; readonly type: string | null; readonly value: unknown };

/** Who says it. */
export interface Author {
  readonly name: string;
  readonly nickname: string | null;
  /** The operator of the concierge, who is no client. */
  readonly isOperator: boolean;
  /** The service that passed it on, and vouches for the name; null where the concierge does. */
  readonly via: string | null;
}

const nobody = '00000000-0000-0000-0000-000000000000';

/** Reads a message's data: a string, a text or status as the chat service and chatrooms have it, or JSON. Never throws. */
export function contentOf(data: unknown): Content {
  if (typeof data === 'string') return { kind: 'text', text: data };
  const type = field(data, 'type');
  const text = field(data, 'text');
  if (type === 'TEXT' && text !== null) return { kind: 'text', text };
  if (type === 'STATUS' && text !== null) return { kind: 'status', text };
  return { kind: 'json', type, value: data };
}

/** About how many characters' room it takes. */
export function weightOf(content: Content): number {
  if (content.kind !== 'json') return content.text.length;
  let weight = 0;
  const rest: unknown[] = [content.value];
  while (rest.length > 0) {
    const value = rest.pop();
    weight += typeof value === 'string' ? value.length : 8;
    if (typeof value !== 'object' || value === null) continue;
    weight += 24;
    for (const [key, inside] of Object.entries(value)) {
      weight += key.length;
      rest.push(inside);
    }
  }
  return weight;
}

/**
 * Who said it. The concierge vouches for a message's origin, so in rooms and direct messages an `author` in the data counts for
 * nothing: anybody could write one. A service passes on what others say, and there it is all there is.
 */
export function authorOf(origin: Origin, data: unknown): Author {
  const service = origin.service;
  if (service === null)
    return { name: origin.name, nickname: origin.nickname, isOperator: origin.uuid === nobody, via: null };
  return {
    name: field(data, 'author') ?? service.nickname ?? service.name,
    nickname: null,
    isOperator: false,
    via: service.name,
  };
}

/** Whose words a service passes on, as it says; null where it doesn't. */
export function relayedUuid(data: unknown): string | null {
  return field(data, 'author_uuid');
}

/**
 * What is sent. Of all that dialects understand, this form is shown well by each: the chat service takes `text` from it,
 * chatrooms show `text` beside the sender's name, and robot chats, which get the bare data, find a JSON object with a type
 * and an author in it, as everything there is; a JSON string would reach them in quotes, from nobody.
 */
export function dataOf(self: Pick<ClientInfo, 'name' | 'nickname' | 'uuid'>, text: string): unknown {
  return { type: 'TEXT', author: self.nickname ?? self.name, author_uuid: self.uuid, text };
}

/** What a client speaks, or what else it is, as far as its name or tags tell; null for people on the concierge's own protocol. */
export function dialectOf({ name, tags }: ClientInfo): string | null {
  const prefix = /^(robot_chat|chatroom|iot_robot|iot_browser|ros_device)_\d+$/.exec(name)?.[1];
  if (prefix !== undefined) return prefix.replace('_', ' ');
  return ['robot', 'service'].find((tag) => tags.includes(tag)) ?? null;
}

function field(data: unknown, name: string): string | null {
  if (typeof data !== 'object' || data === null || !Object.hasOwn(data, name)) return null;
  const value: unknown = Reflect.get(data, name);
  return typeof value === 'string' ? value : null;
}
