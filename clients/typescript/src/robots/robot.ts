import type { ConciergeClient } from '../client.js';
import { Emitter, type Handler } from '../emitter.js';
import { ConciergeError, ConnectionClosedError, RequestRefusedError, RequestTimeoutError } from '../errors.js';
import { after } from '../timers.js';
import { type DriveOptions, RobotDrive } from './drive.js';
import { findRobots, type RobotInfo, robotOf } from './findRobots.js';
import { readTelemetry } from './readTelemetry.js';
import type { CommandResult, Motors, RobotEvents } from './telemetry.js';

let lastId = 0;

/** How long a robot of which it isn't known whether it answers gets for its first answer, in milliseconds. */
const grace = 1_000;

/**
 * A robot, seen and driven by a client: its telemetry as typed events, its commands as calls that resolve with its answer,
 * and {@link drive} for driving it as long as somebody holds the stick.
 *
 * It needs a client with `presence`. A robot tells a newcomer the latest of everything at once: handlers attached in the
 * `attach` argument of {@link watch} miss none of it. After a reconnect of either side telemetry goes on by itself; what was
 * under way fails.
 */
export class Robot {
  /** Its id. */
  readonly id: string;
  /** Its service's name. */
  readonly service: string;
  /** The client that it is seen through. */
  readonly client: ConciergeClient;
  readonly #events: Emitter<RobotEvents>;
  readonly #unanswered = new Map<string, { resolve(result: CommandResult): void; reject(error: unknown): void }>();
  readonly #drives = new Set<RobotDrive>();
  readonly #detach: readonly (() => void)[];
  #answers = false;
  #isGone = false;

  private constructor(client: ConciergeClient, { id, service }: RobotInfo) {
    this.id = id;
    this.service = service;
    this.client = client;
    this.#events = new Emitter((error) => client.fault(error));
    this.#detach = [
      client.on('message', ({ target, data }) => {
        // It says things to all through its service, and to one through it, too.
        if ((target.type === 'SERVICE' || target.type === 'SERVICE_CLIENT_UUID') && target.service === service)
          this.#hear(data);
      }),
      client.on('serviceDeleted', (deleted) => {
        if (deleted.service.name === service) this.#leave();
      }),
      client.on('serviceSubscribed', (subscribed) => {
        if (subscribed.service.name === service && subscribed.client.uuid === client.uuid) this.#return();
      }),
      client.on('reconnected', ({ lostSubscriptions }) => {
        if (lostSubscriptions.includes(service)) this.#leave();
      }),
      client.on('disconnected', ({ reason }) => this.#fail(reason)),
      client.on('closed', () => this.#fail(new ConnectionClosedError('The client was closed.'))),
    ];
  }

  /** Asks which robots there are, ordered by id: new ones, those of the older dialect, and ROS devices. */
  static find(client: ConciergeClient): Promise<RobotInfo[]> {
    return findRobots(client);
  }

  /**
   * Subscribes to a robot.
   * @param robot Its id, or its service's name as {@link find} gives it.
   * @param attach Called before anything can be missed, to attach handlers.
   * @throws RequestRefusedError There is no such robot.
   */
  static async watch(client: ConciergeClient, robot: string, attach?: (robot: Robot) => void): Promise<Robot> {
    const info = robotOf({ name: robot, nickname: null }) ?? {
      id: robot,
      name: robot,
      service: `robot/${robot}`,
      kind: 'robot',
    };
    const watched = new Robot(client, info);
    try {
      attach?.(watched);
      await client.subscribe(watched.service);
      return watched;
    } catch (error) {
      watched.#stop();
      throw error;
    }
  }

  /** Whether the robot has been heard to be of the kind that answers commands; false until then. */
  get answers(): boolean {
    return this.#answers;
  }

  /** Whether it has left the concierge. */
  get isGone(): boolean {
    return this.#isGone;
  }

  /** Attaches a handler. @returns Detaches it. */
  on<K extends keyof RobotEvents>(event: K, handler: Handler<RobotEvents[K]>): () => void {
    return this.#events.on(event, handler);
  }

  /**
   * Sends a command with an id, and resolves with what the robot answers; a refusal is an answer, too. A robot that has not
   * been heard to be of the kind that answers gets a second for it; then the concierge's word counts.
   * @param type What is asked for, such as `com_led` (robot protocol).
   * @param data With what: any JSON value.
   * @throws RequestRefusedError The robot is gone.
   * @throws RequestTimeoutError No answer within the client's `requestTimeout`.
   */
  async command(type: string, data: unknown): Promise<CommandResult> {
    const id = `c${++lastId}`;
    const answered = new Promise<CommandResult>((resolve, reject) => this.#unanswered.set(id, { resolve, reject }));
    answered.catch(() => undefined); // Seen: sending may fail first, with the same.
    try {
      await this.#say({ type, id, data });
      return await this.#awaitAnswer(type, answered);
    } finally {
      this.#unanswered.delete(id);
    }
  }

  /** Sends a command that gets no answer unless it is refused, which the event `refused` tells. Resolves when the concierge has passed it on. */
  send(type: string, data: unknown): Promise<void> {
    return this.#say({ type, data });
  }

  /** Turns motors, once: the robot stops them by itself when no further command follows within half a second or so. Those not named are let be. */
  turn(motors: Motors): Promise<CommandResult> {
    return this.command('com_motor', motors);
  }

  /** Switches the LED. */
  setLed(on: boolean): Promise<CommandResult> {
    return this.command('com_led', { state: on });
  }

  /** Switches the buzzer. */
  setBuzzer(on: boolean): Promise<CommandResult> {
    return this.command('com_buzzer', { state: on });
  }

  /**
   * Stops the robot, whoever drives it, until {@link clearStop}. What is held here is let go first. Robots of the older kind
   * know no stop: they are told to stop their motors, too, and nothing is latched.
   */
  async stop(): Promise<CommandResult> {
    for (const drive of this.#drives) drive.release();
    const stopped = this.command('com_stop', { state: true });
    if (!this.#answers) {
      const still = { dir: 'CW', spd: 0 };
      await Promise.all([stopped, this.send('com_motor', { m1: still, m2: still })]);
    }
    return stopped;
  }

  /** Lets the robot be driven again after a stop. */
  clearStop(): Promise<CommandResult> {
    return this.command('com_stop', { state: false });
  }

  /** Starts to drive: nothing moves until something is held. Close what it returns to stop. @throws TypeError An option can't be. */
  drive(options: DriveOptions = {}): RobotDrive {
    const drive = new RobotDrive(this, options, () => this.#drives.delete(drive));
    this.#drives.add(drive);
    return drive;
  }

  /** Stops what is held here, and ends the subscription, where there is a connection, and with it this client's control. The client stays. */
  async close(): Promise<void> {
    const stopped = [...this.#drives].map((drive) => drive.close());
    this.#stop();
    // Sent before this returns, right behind what stops the motors: it doesn't end what whoever watches the robot anew asks for.
    const ended = this.client.unsubscribe(this.service).catch((error: unknown) => {
      // Without a robot or a connection there is no subscription to end.
      if (!(error instanceof ConciergeError)) throw error;
    });
    await Promise.all([...stopped, ended]);
  }

  /** @internal A command that nobody waits for was refused. */
  refused(result: CommandResult): void {
    this.#events.emit('refused', result);
  }

  #say(data: unknown): Promise<void> {
    return this.client.send({ type: 'SERVICE', service: this.service }, data);
  }

  async #awaitAnswer(type: string, answered: Promise<CommandResult>): Promise<CommandResult> {
    const { requestTimeout } = this.client;
    let cancel = () => {};
    const late = new Promise<CommandResult>((resolve, reject) => {
      const first = Math.min(grace, requestTimeout);
      cancel = after(first, () => {
        if (this.#answers) {
          cancel = after(requestTimeout - first, () => {
            reject(
              new RequestTimeoutError(
                `The robot '${this.id}' did not answer ${type} within ${requestTimeout} ms. It may have been carried out nevertheless.`,
              ),
            );
          });
        } else resolve({ ok: true, error: null, from: 'concierge' });
      });
    });
    try {
      return await Promise.race([answered, late]);
    } finally {
      cancel();
    }
  }

  #hear(data: unknown): void {
    const told = readTelemetry(data);
    if (!told) return;
    if (told.kind === 'status' || told.kind === 'command_result') this.#answers = true;
    if (told.result) {
      const { id, what } = told.result;
      if (id !== null) this.#unanswered.get(id)?.resolve(what);
      else if (!what.ok) this.refused(what);
      return;
    }
    this.#events.emit('telemetry', { kind: told.kind, data });
    for (const { name, event } of told.events) this.#events.emit(name, event);
  }

  #leave(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#fail(new RequestRefusedError(`The robot '${this.id}' left the concierge.`, 'INVALID_SERVICE', this.service));
    this.#events.emit('gone', undefined);
  }

  #return(): void {
    if (!this.#isGone) return;
    this.#isGone = false;
    this.#events.emit('back', undefined);
  }

  #fail(error: ConciergeError): void {
    // It may come back as one of another kind.
    this.#answers = false;
    for (const { reject } of this.#unanswered.values()) reject(error);
    this.#unanswered.clear();
    for (const drive of this.#drives) drive.lose(error);
  }

  #stop(): void {
    for (const detach of this.#detach) detach();
    this.#fail(new ConciergeError(`The robot '${this.id}' is no longer watched.`));
  }
}
