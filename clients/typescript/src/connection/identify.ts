import { ConnectionClosedError } from '../errors.js';
import type { Settings } from '../options.js';
import { after } from '../timers.js';
import { closing, protocolVersion } from '../wire/closing.js';
import { readFrame, readString } from '../wire/reading.js';
import { dial, drop } from './socket.js';

/** The concierge's first frame: the client's uuid, the server's version, and the key to the client's files. */
export interface Hello {
  readonly uuid: string;
  readonly version: string;
  /** Missing from the answer of older concierges, which take the uuid. */
  readonly fileKey: string;
}

/** A WebSocket on which the client is known. */
export interface Identified {
  readonly socket: WebSocket;
  readonly hello: Hello;
  /** Frames that came in together with HELLO: some WebSockets tell of several within one turn. */
  readonly early: unknown[];
}

/** Opens a WebSocket and says who the client is (protocol, section "Identification"). */
export async function identify(settings: Settings, nickname: string | null, signal: AbortSignal): Promise<Identified> {
  const { url, name, secret, tags, presence, requestTimeout } = settings;
  const socket = await dial(settings);
  const { promise, resolve, reject } = later<Hello>();
  let isOpen = false;
  let detail = '';
  let hello: Hello | undefined;
  const early: unknown[] = [];
  socket.onopen = () => {
    isOpen = true;
    socket.send(JSON.stringify({ type: 'IDENTIFY', name, nickname, version: protocolVersion, secret, tags, presence }));
  };
  socket.onerror = (event) => (detail = (event as Partial<ErrorEvent>).message ?? '');
  socket.onclose = ({ code, reason }) =>
    reject(isOpen ? closing(code, reason, name, detail) : unreachable(url, detail));
  socket.onmessage = ({ data }) => {
    if (hello) {
      early.push(data);
      return;
    }
    try {
      hello = readHello(data);
      resolve(hello);
    } catch (error) {
      reject(
        new ConnectionClosedError(`${url.href} is no concierge: expected HELLO as its first frame.`, undefined, '', {
          cause: error,
        }),
      );
    }
  };
  const giveUp = () => reject(new ConnectionClosedError('The client was closed.'));
  signal.addEventListener('abort', giveUp);
  if (signal.aborted) giveUp();
  const cancel = after(requestTimeout, () =>
    reject(new ConnectionClosedError(`${url.href} did not take this client in within ${requestTimeout} ms.`)),
  );
  try {
    return { socket, hello: await promise, early };
  } catch (error) {
    drop(socket);
    throw error;
  } finally {
    cancel();
    signal.removeEventListener('abort', giveUp);
  }
}

function readHello(data: unknown): Hello {
  const frame = readFrame(data);
  if (frame.type !== 'HELLO') throw new TypeError(`It was ${frame.type}.`);
  const uuid = readString(frame.uuid, 'uuid');
  return {
    uuid,
    version: readString(frame.version, 'version'),
    fileKey: readString(frame.file_key ?? uuid, 'file_key'),
  };
}

function unreachable(url: URL, detail: string): ConnectionClosedError {
  return new ConnectionClosedError(
    `Could not connect to ${url.href}${detail ? ` (${detail})` : ''}. Does a concierge listen there, and does it take more connections?`,
  );
}

function later<T>() {
  let resolve!: (value: T) => void; // Both are set by the promise's constructor, at once.
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((yes, no) => ([resolve, reject] = [yes, no]));
  return { promise, resolve, reject };
}
