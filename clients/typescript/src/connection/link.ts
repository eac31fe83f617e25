import { ConnectionClosedError, MalformedFrameError, RequestRefusedError, RequestTimeoutError } from '../errors.js';
import type { Settings } from '../options.js';
import { probe, type Request } from '../requests.js';
import { after } from '../timers.js';
import { closing } from '../wire/closing.js';
import { type Frame, readFrame } from '../wire/reading.js';
import { refusal } from '../wire/refusal.js';
import { type Hello, identify, type Identified } from './identify.js';
import { Pulse } from './pulse.js';
import { drop } from './socket.js';

/** Who is told what comes in. */
export interface Listener {
  /** A frame that answers nothing. */
  heard(frame: Frame): void;
  /** A frame that was skipped. */
  failed(error: MalformedFrameError): void;
}

/** How long the concierge's side of a close may take, in milliseconds. */
const farewell = 2_000;

/**
 * One identified connection, from HELLO to its end: counts what it sends, and gives each request the answer that carries
 * its number (protocol, section "Sequence numbers"). It does not come back; a reconnect is a new link.
 */
export class Link {
  /** What the concierge said first. */
  readonly hello: Hello;
  /** Resolves, and never rejects, when the link has ended. */
  readonly ended: Promise<ConnectionClosedError>;
  readonly #settings: Settings;
  readonly #socket: WebSocket;
  readonly #listener: Listener;
  readonly #unanswered = new Map<number, Pending>();
  readonly #pulse: Pulse;
  #sent = 0;
  #error = '';
  #end!: (reason: ConnectionClosedError) => void; // Set by the promise's constructor, at once.

  private constructor({ socket, hello, early }: Identified, settings: Settings, listener: Listener) {
    this.hello = hello;
    this.ended = new Promise((resolve) => (this.#end = resolve));
    this.#settings = settings;
    this.#socket = socket;
    this.#listener = listener;
    const receive = (event: MessageEvent) => this.#receive(event.data);
    socket.onmessage = receive;
    if (early.length > 0) {
      // In the next turn, when whoever waits for the connection has attached handlers; and what comes until then after it.
      socket.onmessage = (event) => early.push(event.data);
      after(0, () => {
        if (!socket.onmessage) return; // Closed in the meantime.
        socket.onmessage = receive;
        for (const data of early) this.#receive(data);
      });
    }
    socket.onerror = (event) => (this.#error = (event as Partial<ErrorEvent>).message ?? '');
    socket.onclose = (event) => this.#finish(closing(event.code, event.reason, settings.name, this.#error));
    this.#pulse = new Pulse(
      settings.keepAlive,
      () => void this.ask(probe()).catch(() => undefined),
      () => this.abort(`The concierge said nothing for ${2 * settings.keepAlive} ms.`),
    );
  }

  /**
   * Connects and identifies.
   * @param signal Gives up.
   * @throws ConnectionClosedError It was refused, or didn't come about in time.
   */
  static async open(
    settings: Settings,
    nickname: string | null,
    listener: Listener,
    signal: AbortSignal,
  ): Promise<Link> {
    return new Link(await identify(settings, nickname, signal), settings, listener);
  }

  /** How many requests wait for their answers. */
  get unanswered(): number {
    return this.#unanswered.size;
  }

  /** Sends a request, before it returns; resolves with its answer. */
  ask<T>(request: Request<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#socket.readyState !== 1) {
        reject(new ConnectionClosedError(`${request.label} was not sent: the connection is closing.`));
        return;
      }

      const seq = this.#sent++;
      const { requestTimeout } = this.#settings;
      const cancel = after(requestTimeout, () => {
        this.#unanswered.delete(seq);
        reject(
          new RequestTimeoutError(
            `${request.label} was not answered within ${requestTimeout} ms. It may have been carried out nevertheless.`,
          ),
        );
      });
      this.#unanswered.set(seq, {
        label: request.label,
        cancel,
        reject,
        answer: (frame) => resolve(read(request, frame)),
      });
      this.#socket.send(request.text);
    });
  }

  /** Says goodbye and ends the link; cuts it off where the concierge takes too long for its part. */
  async close(): Promise<void> {
    this.#fail(new ConnectionClosedError('The client was closed.', 1000));
    this.#socket.onmessage = null; // Who has closed a client hears nothing more.
    this.#socket.close(1000);
    const cancel = after(farewell, () => this.abort('The client was closed.'));
    await this.ended;
    cancel();
  }

  /** Ends the link at once. */
  abort(why: string): void {
    drop(this.#socket);
    this.#finish(new ConnectionClosedError(why));
  }

  #receive(data: unknown): void {
    this.#pulse.heard();
    try {
      const frame = readFrame(data);
      if (frame.seq === undefined || frame.seq === null) this.#listener.heard(frame);
      else this.#answer(frame.seq, frame);
    } catch (error) {
      if (!(error instanceof MalformedFrameError)) throw error;
      this.#listener.failed(error);
    }
  }

  #answer(seq: unknown, frame: Frame): void {
    const pending = this.#unanswered.get(seq as number);
    if (pending) {
      this.#unanswered.delete(seq as number);
      pending.cancel();
      try {
        pending.answer(frame);
      } catch (error) {
        pending.reject(error);
      }
    } else if (!Number.isInteger(seq) || (seq as number) < 0 || (seq as number) >= this.#sent) {
      throw new MalformedFrameError(
        `The concierge answered a frame that was never sent: number ${String(seq)} of ${this.#sent}.`,
      );
    }
    // Else it is one whose time was over.
  }

  #finish(reason: ConnectionClosedError): void {
    this.#pulse.end();
    this.#fail(reason);
    this.#end(reason);
  }

  #fail(reason: ConnectionClosedError): void {
    for (const { label, cancel, reject } of this.#unanswered.values()) {
      cancel();
      reject(
        new ConnectionClosedError(`${label} was not answered: ${reason.message}`, reason.code, reason.reason, {
          cause: reason,
        }),
      );
    }
    this.#unanswered.clear();
  }
}

/** A request on its way. */
interface Pending {
  readonly label: string;
  readonly cancel: () => void;
  readonly answer: (frame: Frame) => void;
  readonly reject: (error: unknown) => void;
}

function read<T>(request: Request<T>, frame: Frame): T {
  if (frame.type !== request.answer) throw refusal(request.label, frame);
  try {
    return request.read(frame);
  } catch (error) {
    throw new RequestRefusedError(`${request.label}: ${String(error)}`, 'UNEXPECTED');
  }
}
