import type { Settings } from '../options.js';

const subprotocol = 'ert-concierge';

/** The largest message taken from a concierge, in bytes, where the WebSocket lets that be bounded. */
const maxPayload = 16 * 1024 * 1024;

/** Starts to open a WebSocket: the one of the options, the global one, or the one of the package `ws`. */
export async function dial({ url, webSocket }: Settings): Promise<WebSocket> {
  const Known = webSocket ?? (globalThis.WebSocket as typeof WebSocket | undefined);
  if (Known) return new Known(url.href, subprotocol);

  // Only now, so that nothing but a Node.js without a WebSocket ever looks for it.
  const { WebSocket: Ws } = await import('#ws').catch((error: unknown) => {
    throw new TypeError(
      "There is no global WebSocket here: install the package 'ws', or give one as the option webSocket.",
      { cause: error },
    );
  });
  // One event a turn, as in browsers: what a client's user attaches after connecting misses nothing that came in with HELLO.
  return new Ws(url.href, subprotocol, { maxPayload, allowSynchronousEvents: false });
}

/** Lets go of a WebSocket that nobody wants to hear of any more, at once where it can be. */
export function drop(socket: WebSocket): void {
  socket.onopen = socket.onmessage = socket.onclose = null;
  // `ws` tells of an error when one is closed that was not open yet, and an error that nobody hears of ends the process.
  socket.onerror = () => undefined;
  const { terminate } = socket as { terminate?: () => void };
  if (terminate) terminate.call(socket);
  else socket.close();
}
