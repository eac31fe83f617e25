import { signal } from '@preact/signals';
import { ConnectionClosedError, RequestRefusedError, Robot, type ConciergeClient } from '@concierge/client';
import { RobotModel } from './robotModel';

/** A robot that is watched: its model, and what it is talked to by. */
export interface Watched {
  readonly model: RobotModel;
  /** Null until it is subscribed to. */
  readonly robot: { readonly value: Robot | null };
}

interface Watching extends Watched {
  readonly robot: { value: Robot | null };
  watchers: number;
  isAsking: boolean;
}

/** How often what doesn't move is published, in ms. */
const beat = 250;

/** How long a robot that nobody watches stays subscribed to, in ms: from the list to its page, nothing has to be asked anew. */
const grace = 1_000;

/** When a concierge that didn't answer is asked again, in ms. */
const patience = 2_000;

/** The robots that pages watch through a client: each subscribed to once, however many look at it. */
export class Fleet {
  static readonly #fleets = new WeakMap<ConciergeClient, Fleet>();

  readonly #watching = new Map<string, Watching>();
  #beating: ReturnType<typeof setInterval> | undefined;

  private constructor(readonly client: ConciergeClient) {
    client.on('disconnected', () => {
      for (const { model } of this.#watching.values()) model.forget();
    });
    client.on('reconnected', () => {
      for (const [service, watching] of this.#watching) {
        if (watching.robot.value === null) void this.#subscribe(service, watching);
        else if (!watching.robot.value.isGone) watching.model.find();
      }
    });
    client.on('serviceCreated', ({ service }) => {
      const watching = this.#watching.get(service.name);
      if (watching?.robot.value === null) void this.#subscribe(service.name, watching);
    });
  }

  static of(client: ConciergeClient): Fleet {
    const fleet = this.#fleets.get(client) ?? new Fleet(client);
    this.#fleets.set(client, fleet);
    return fleet;
  }

  /** Begins to watch; each call takes an {@link unwatch}. A robot that isn't there is waited for. */
  watch(service: string): Watched {
    let watching = this.#watching.get(service);
    if (watching === undefined) {
      watching = { model: new RobotModel(service), robot: signal<Robot | null>(null), watchers: 0, isAsking: false };
      this.#watching.set(service, watching);
      void this.#subscribe(service, watching);
    }
    watching.watchers++;
    this.#beating ??= setInterval(() => this.#publish(), beat);
    return watching;
  }

  unwatch(service: string): void {
    const watching = this.#watching.get(service);
    if (watching === undefined || --watching.watchers > 0) return;
    setTimeout(() => {
      if (watching.watchers > 0 || this.#watching.get(service) !== watching) return;
      this.#watching.delete(service);
      void watching.robot.value?.close().catch(() => {});
      watching.robot.value = null;
      if (this.#watching.size > 0) return;
      clearInterval(this.#beating);
      this.#beating = undefined;
    }, grace);
  }

  #publish(): void {
    for (const { model } of this.#watching.values()) model.publish();
  }

  #askAgain(service: string, watching: Watching): void {
    if (this.#watching.get(service) === watching && watching.robot.value === null)
      void this.#subscribe(service, watching);
  }

  async #subscribe(service: string, watching: Watching): Promise<void> {
    if (watching.isAsking) return;
    watching.isAsking = true;
    try {
      const robot = await Robot.watch(this.client, service, (it) => watching.model.attach(it));
      if (this.#watching.get(service) !== watching) return await robot.close();
      watching.robot.value = robot;
      watching.model.find();
    } catch (e) {
      // It isn't there: it is subscribed to when its service is created. Or the link is lost: when it stands again.
      if (e instanceof RequestRefusedError) watching.model.lose();
      else if (!(e instanceof ConnectionClosedError)) setTimeout(() => this.#askAgain(service, watching), patience);
    } finally {
      watching.isAsking = false;
    }
  }
}
