import { signal } from '@preact/signals';

/**
 * Where the person is, as the address's hash says: so the back button, reloads and links work.
 * `#/chat`, `#/chat/room/NAME`, `#/chat/service/NAME`, `#/chat/client/NAME`, `#/chat/everyone`, `#/robots`, `#/robots/SERVICE`, `#/cluster`; names are percent-encoded.
 */
export type Route =
  | { readonly page: 'chat'; readonly conversation: ConversationId | null }
  | { readonly page: 'robots'; readonly service: string | null }
  | { readonly page: 'cluster' };

/** With whom one talks. `everyone` is what is said to all clients at once. */
export type ConversationId =
  | { readonly kind: 'room' | 'service' | 'client'; readonly name: string }
  | { readonly kind: 'everyone'; readonly name: '' };

/** Reads a hash; what it can't read is the chat. */
export function routeOf(hash: string): Route {
  const [page, first, second] = hash
    .replace(/^#?\/?/, '')
    .split('/')
    .map(decode);
  switch (page) {
    case 'robots':
      return { page, service: first || null };
    case 'cluster':
      return { page };
    default:
      return { page: 'chat', conversation: page === 'chat' ? conversationOf(first, second) : null };
  }
}

/** The hash of a route: what a link's `href` is. */
export function hrefOf(route: Route): string {
  switch (route.page) {
    case 'chat':
      return route.conversation === null ? '#/chat' : `#/chat/${pathOf(route.conversation)}`;
    case 'robots':
      return route.service === null ? '#/robots' : `#/robots/${encode(route.service)}`;
    case 'cluster':
      return '#/cluster';
  }
}

/** Where the person is now. */
export const route = signal<Route>(routeOf(globalThis.location?.hash ?? ''));

/** Goes there; with `replace` the back button skips where one was. */
export function go(to: Route, replace = false): void {
  if (replace) location.replace(hrefOf(to));
  else location.hash = hrefOf(to);
}

globalThis.addEventListener?.('hashchange', () => (route.value = routeOf(location.hash)));

function conversationOf(kind: string | undefined, name: string | undefined): ConversationId | null {
  if (kind === 'everyone') return { kind, name: '' };
  if ((kind === 'room' || kind === 'service' || kind === 'client') && name) return { kind, name };
  return null;
}

function pathOf({ kind, name }: ConversationId): string {
  return kind === 'everyone' ? kind : `${kind}/${encode(name)}`;
}

// Half of a character has no encoding: no name has one, but what is kept in the browser may.
function encode(name: string): string {
  return encodeURIComponent(name.replace(/[\ud800-\udfff]/gu, '\ufffd'));
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
