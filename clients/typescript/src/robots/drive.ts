import { Emitter, type Handler } from '../emitter.js';
import { ConciergeError, ConnectionClosedError } from '../errors.js';
import { checkNumber } from '../options.js';
import { after } from '../timers.js';
import type { Robot } from './robot.js';
import type { MotorState } from './telemetry.js';

/** How a robot is driven. */
export interface DriveOptions {
  /** How often a held command is repeated, in milliseconds: more than 0, default 100. Well below the robot's watchdog, which is 500 ms unless it was configured otherwise. */
  readonly interval?: number;
  /** How long something is held without being held anew, in milliseconds: more than 0; default for as long as it isn't released. */
  readonly holdTimeout?: number;
}

/** What a drive tells. */
export interface DriveEvents {
  /** A command could not be sent, or was refused, and what was held is let go. */
  fault: unknown;
  /** How long a command took, in milliseconds, until the robot answered it; with robots that answer nothing, until the concierge did. */
  roundTrip: { readonly ms: number; readonly from: 'robot' | 'concierge' };
}

type Held = ReadonlyMap<string, MotorState>;

const nothing: Held = new Map();

/**
 * A dead man's handle: while something is held its command is repeated, and when it is released, or this is closed, the
 * motors are stopped. What is held is let go by itself when a command is refused or can't be sent, the connection is lost, or
 * the robot is gone.
 *
 * No more than one command is on its way at a time: where the concierge is slow, commands become rarer, never late, and the
 * robot's own watchdog stops it. Only a stop doesn't wait. A program that hangs while it holds is not a dead man: give it a
 * `holdTimeout`, and call {@link hold} from where the person's hand is read.
 */
export class RobotDrive {
  readonly #robot: Robot;
  readonly #interval: number;
  readonly #holdTimeout: number;
  readonly #events: Emitter<DriveEvents>;
  #held: Held | null = null;
  #heldAt = 0;
  #expiry = () => {};
  /** What the robot was told last, and may still be doing. */
  #moving: Held = nothing;
  /** The last stop that was sent. */
  #stopped: Promise<void> = Promise.resolve();
  #isClosed = false;
  #wake = () => {};

  /** @internal */
  constructor(robot: Robot, options: DriveOptions, closed: () => void) {
    this.#robot = robot;
    this.#events = new Emitter((error) => robot.client.fault(error));
    this.#interval = checkNumber('interval', options.interval ?? 100, Number.MIN_VALUE, 2 ** 31 - 1);
    this.#holdTimeout =
      options.holdTimeout === undefined
        ? Infinity
        : checkNumber('holdTimeout', options.holdTimeout, Number.MIN_VALUE, 2 ** 31 - 1);
    void this.#drive().finally(closed);
  }

  /** What is held; null for nothing. */
  get held(): Held | null {
    return this.#held;
  }

  /**
   * Turns the left and the right motor, until something else is held or this is released.
   * @param m1 From −100 (counter-clockwise) to 100 (clockwise).
   * @param m2 Likewise.
   * @throws RangeError A speed is beyond, or no whole number.
   * @throws ConciergeError This was closed.
   */
  hold(m1: number, m2: number): void;
  /**
   * Turns motors, until something else is held or this is released. Those that were held and are no longer are stopped.
   * @param motors The speed of each, from −100 to 100.
   */
  hold(motors: Readonly<Record<string, number>>): void;
  hold(first: number | Readonly<Record<string, number>>, m2?: number): void {
    if (this.#isClosed) throw new ConciergeError('This drive was closed; start another.');
    const speeds = typeof first === 'number' ? { m1: first, m2: m2 ?? NaN } : first;
    const held = new Map(Object.entries(speeds).map(([motor, speed]) => [motor, turning(motor, speed)]));
    this.#heldAt = performance.now();
    // The loop may wait for an answer then.
    this.#expiry();
    if (Number.isFinite(this.#holdTimeout)) this.#expiry = after(this.#holdTimeout, () => this.release());
    if (this.#held && isSame(this.#held, held)) return;
    this.#held = held;
    this.#wake();
  }

  /** Stops the motors, at once. */
  release(): void {
    this.#held = null;
    this.#expiry();
    this.#sendStop();
    this.#wake();
  }

  /** Attaches a handler. @returns Detaches it. */
  on<K extends keyof DriveEvents>(event: K, handler: Handler<DriveEvents[K]>): () => void {
    return this.#events.on(event, handler);
  }

  /** Stops the motors, and resolves when that is on its way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.release();
    await this.#stopped;
  }

  /** @internal There is no way to the robot any more, so nothing can be stopped either. */
  lose(error: unknown): void {
    this.#moving = nothing;
    this.#letGo(error);
  }

  async #drive(): Promise<void> {
    while (!this.#isClosed) {
      if (this.#held && performance.now() - this.#heldAt >= this.#holdTimeout) this.release();
      const held = this.#held;
      if (!held) await this.#pause(null);
      else if (!(await this.#command(held))) await this.#rest();
      else if (this.#held === held) await this.#pause(this.#interval);
    }
  }

  /** @returns Whether it was carried out, as far as is known. */
  async #command(held: Held): Promise<boolean> {
    await this.#stopped;
    if (this.#held !== held) return true;
    // Motors that are no longer held are stopped with the same command.
    const motors = new Map([...still(this.#moving), ...held]);
    const before = this.#moving;
    const perhaps = new Map([...before, ...held]);
    this.#moving = perhaps;
    const robot = this.#robot;
    const from = robot.answers ? 'robot' : 'concierge';
    const since = performance.now();
    try {
      const data = Object.fromEntries(motors);
      const result =
        from === 'robot' ? await robot.command('com_motor', data) : void (await robot.send('com_motor', data));
      this.#tell('roundTrip', { ms: performance.now() - since, from });
      // A release in the meantime has stopped all of it.
      const wasStopped = this.#moving !== perhaps;
      if (!result || result.ok) {
        if (!wasStopped) this.#moving = held;
        return true;
      }
      if (!wasStopped) this.#moving = before;
      robot.refused(result);
      this.#letGo(
        new ConciergeError(`The robot '${robot.id}' refused to be driven: ${result.error ?? 'it gave no reason.'}`),
      );
    } catch (error) {
      this.#letGo(error);
    }
    this.#sendStop();
    return false;
  }

  /** Not in the loop: what stops the motors waits for no answer to what turned them. */
  #sendStop(): void {
    if (this.#moving.size === 0) return;
    const motors = Object.fromEntries(still(this.#moving));
    this.#moving = nothing;
    this.#stopped = this.#robot.send('com_motor', motors).catch((error: unknown) => {
      // Who lost the connection was told, and the robot stops by itself.
      if (!(error instanceof ConnectionClosedError)) this.#tell('fault', error);
    });
  }

  /** Whoever holds on while nothing can be sent would be surprised by a robot that moves when it can again. */
  #letGo(error: unknown): void {
    const wasHeld = this.#held !== null;
    this.#held = null;
    this.#wake();
    if (wasHeld) this.#tell('fault', error);
  }

  #tell<K extends keyof DriveEvents>(event: K, occurrence: DriveEvents[K]): void {
    this.#events.emit(event, occurrence);
  }

  /** After a failure not even another hold is tried before an interval is over. */
  #rest(): Promise<void> {
    return new Promise((resolve) => void after(this.#interval, resolve));
  }

  /** Waits until something changes, or the time is over; null for no time. */
  #pause(ms: number | null): Promise<void> {
    return new Promise((resolve) => {
      const cancel = ms === null ? () => {} : after(ms, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
  }
}

function turning(motor: string, speed: number): MotorState {
  if (!Number.isInteger(speed) || Math.abs(speed) > 100) {
    throw new RangeError(`The speed of ${motor} can't be ${speed}: expected a whole number from −100 to 100.`);
  }
  return { dir: speed < 0 ? 'CCW' : 'CW', spd: Math.abs(speed) };
}

function still(moving: Held): [string, MotorState][] {
  return [...moving.keys()].map((motor) => [motor, { dir: 'CW', spd: 0 }]);
}

function isSame(one: Held, other: Held): boolean {
  return (
    one.size === other.size &&
    [...one].every(([motor, { dir, spd }]) => other.get(motor)?.dir === dir && other.get(motor)?.spd === spd)
  );
}
