import { ConciergeError, ConnectionClosedError } from '../errors.js';
import type { Emitter } from '../emitter.js';
import type { ClientEvents } from '../events.js';
import type { Settings } from '../options.js';
import type { Request } from '../requests.js';
import { readEvent } from '../wire/readEvent.js';
import type { Frame } from '../wire/reading.js';
import { Backoff } from './backoff.js';
import type { Hello } from './identify.js';
import { Link } from './link.js';
import { Registrations } from './registrations.js';
import { restore, resubscribe } from './restore.js';

/** `reconnecting` until the next connection, or the end; `closed` for good. */
export type ConnectionState = 'connected' | 'reconnecting' | 'closed';

/** A link after the other: made, kept, lost, and made again with all that the client had. */
export class Connection {
  readonly registrations: Registrations;
  readonly #settings: Settings;
  readonly #events: Emitter<ClientEvents>;
  readonly #stopping = new AbortController();
  #hello: Hello | undefined;
  #link: Link | undefined;
  #end: ConnectionClosedError | undefined;
  #closed: Promise<void> | undefined;
  #kept: Promise<void> = Promise.resolve();

  constructor(settings: Settings, events: Emitter<ClientEvents>) {
    this.registrations = new Registrations(settings.nickname);
    this.#settings = settings;
    this.#events = events;
  }

  get state(): ConnectionState {
    if (this.#end || this.#stopping.signal.aborted) return 'closed';
    return this.#link ? 'connected' : 'reconnecting';
  }

  /** What the concierge said first, on the last link that there was. */
  get hello(): Hello {
    if (!this.#hello) throw new Error('Nobody gets a client that was never connected.');
    return this.#hello;
  }

  /** Makes the first link, and keeps it. */
  async open(): Promise<void> {
    const link = await this.#openLink();
    this.#kept = this.#keep(link);
  }

  /** Sends a request, before it returns; resolves with its answer. What is wrong with the request, too, rejects. */
  async ask<T>(request: Request<T>): Promise<T> {
    const link = this.#link;
    if (!link || this.state === 'closed') throw this.#absence(request);
    if (link.unanswered >= this.#settings.maxUnanswered) {
      throw new ConciergeError(
        `${request.label} was not sent: ${link.unanswered} requests wait for their answers (maxUnanswered); wait for some first.`,
      );
    }
    return link.ask(request);
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  async #close(): Promise<void> {
    const hadEnded = this.state === 'closed';
    this.#stopping.abort();
    await this.#link?.close();
    await this.#kept;
    this.#link = undefined;
    if (!hadEnded) this.#events.emit('closed', { reason: null });
  }

  async #keep(first: Link): Promise<void> {
    const policy = this.#settings.reconnect;
    const backoff = policy && new Backoff(policy);
    for (let link: Link | null = first; link;) {
      const since = performance.now();
      const reason: ConnectionClosedError = await link.ended;
      if (this.#stopping.signal.aborted) return;
      if (!policy || !backoff || reason.isFinal) {
        this.#finish(reason);
        return;
      }

      this.#link = undefined;
      this.#events.emit('disconnected', { reason, willRetry: true });
      // A connection that is made and lost again at once is another failed attempt, not a reason to hurry.
      if (performance.now() - since > policy.maxDelay) backoff.reset();
      link = await this.#reconnect(backoff);
    }
  }

  /** @returns The new link; null where the client is at its end. */
  async #reconnect(backoff: Backoff): Promise<Link | null> {
    for (;;) {
      const next = backoff.next();
      this.#events.emit('reconnecting', next);
      await wait(next.delay, this.#stopping.signal);
      if (this.#stopping.signal.aborted) return null;
      let link: Link | undefined;
      try {
        link = await this.#openLink();
        const lost = await restore(link, this.registrations);
        this.#events.emit('reconnected', lost);
        return link;
      } catch (error) {
        link?.abort('What the client had could not be made again.');
        this.#link = undefined;
        if (this.#stopping.signal.aborted) return null;
        if (error instanceof ConnectionClosedError && error.isFinal) {
          this.#finish(error);
          return null;
        }
        this.#events.emit('fault', { error });
      }
    }
  }

  async #openLink(): Promise<Link> {
    const listener = {
      heard: (frame: Frame) => this.#hear(frame),
      failed: (error: unknown) => void this.#events.emit('fault', { error }),
    };
    const link = await Link.open(this.#settings, this.registrations.nickname, listener, this.#stopping.signal);
    if (this.#stopping.signal.aborted) link.abort('The client was closed.'); // Who waits for its end gets it at once.
    this.#hello = link.hello;
    this.#link = link;
    return link;
  }

  #hear(frame: Frame): void {
    const told = readEvent(frame);
    if (!told) return; // A newer concierge may have more to say than we know of.
    if (told.name === 'serviceDeleted') this.registrations.subscriptions.update(told.event.service.name, false);
    if (told.name === 'serviceCreated') void this.#subscribeAgain(told.event.service.name);
    this.#events.emit(told.name, told.event);
  }

  /** Subscribes again to a service that was gone and is back. */
  async #subscribeAgain(service: string): Promise<void> {
    if (this.registrations.subscriptions.get(service) !== false || !this.#link) return;
    try {
      await resubscribe(this.#link, this.registrations, service);
    } catch (error) {
      // Without a connection it is made again with everything else.
      if (!(error instanceof ConnectionClosedError)) this.#events.emit('fault', { error });
    }
  }

  #finish(reason: ConnectionClosedError): void {
    this.#link = undefined;
    this.#end = reason;
    this.#events.emit('disconnected', { reason, willRetry: false });
    this.#events.emit('closed', { reason });
  }

  #absence(request: Request<unknown>): ConnectionClosedError {
    const end = this.#end;
    if (end)
      return new ConnectionClosedError(
        `${request.label} was not sent: the client is closed. ${end.message}`,
        end.code,
        end.reason,
        { cause: end },
      );
    if (this.state === 'closed')
      return new ConnectionClosedError(`${request.label} was not sent: the client was closed.`);
    return new ConnectionClosedError(
      `${request.label} was not sent: the connection is lost and being made again. Try again after 'reconnected'.`,
    );
  }
}

/** Unlike other timers this one keeps a Node.js process from ending: a service that lost its concierge has work to do. */
function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    if (signal.aborted) done();
    else signal.addEventListener('abort', done);
  });
}
