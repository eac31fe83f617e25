import { computed, signal, type Signal } from '@preact/signals';
import type { MotorState, Robot, RobotStatus } from '@concierge/client';
import { jsonLine } from '../ui/jsonText';
import { cut } from '../ui/Text';
import { History } from './history';
import { Log } from './log';
import { Meter } from './meter';
import { steadyTime } from '../ui/steadyTime';
import { Topics, type Topic } from './topics';

/** Whether it is there: asked for; subscribed to; not at the concierge, now. */
export type Presence = 'looking' | 'there' | 'gone';

/**
 * New robots say how they are (`status`), answer commands and stop by themselves. Old ones, of the IoT dialect, do none of it.
 * Unknown until one of both is plain.
 */
export type Generation = 'unknown' | 'new' | 'old';

/** A new robot tells a newcomer its status at once: who hasn't by then, in ms, has none. */
const statusDue = 3_000;

/** After so many seconds without a word a robot, and a ROS device, counts as silent: new robots speak every 5 s at least. */
const silentAfter = { robot: 12, ros: 30 };

/** How far back plots reach in s, and how many values they have at most. */
const plotted = { span: 600, capacity: 1_200 };

/** What a robot may have of each; what is beyond isn't kept. */
const most = { motors: 8, faults: 16, name: 32, text: 300, number: 1e7 };

/** What it told last. */
interface Latest {
  readonly status: RobotStatus | null;
  readonly motors: ReadonlyMap<string, MotorState>;
  readonly orientation: { readonly pitch: number; readonly roll: number } | null;
  readonly climate: { readonly temperature: number; readonly pressure: number } | null;
}

const nothingYet: Latest = { status: null, motors: new Map(), orientation: null, climate: null };

/**
 * What is known of a robot, or of a ROS device. Telemetry comes in at any rate and is written to plain fields; signals
 * change when it is published: with the next frame for what moves (`onNews` asks for that), else four times a second.
 * All that it keeps is bounded, whatever it is told.
 */
export class RobotModel {
  readonly kind: 'robot' | 'ros';
  readonly id: string;

  readonly presence = signal<Presence>('looking');
  readonly generation = signal<Generation>('unknown');
  readonly status = signal<Latest['status']>(null);
  readonly motors = signal<Latest['motors']>(nothingYet.motors);
  readonly orientation = signal<Latest['orientation']>(null);
  readonly climate = signal<Latest['climate']>(null);
  /** Messages a second. */
  readonly rate = signal(0);
  /** Seconds since it said anything; null before it did. */
  readonly silence = signal<number | null>(null);
  /** How long its last command took to it and back, in ms; null where nobody has driven it from here. */
  readonly roundTrip = signal<number | null>(null);
  readonly topics = signal<readonly Topic[]>([]);
  readonly topicsCut = signal(false);
  /** Kinds of telemetry that have no display of their own. */
  readonly others = signal<readonly Topic[]>([]);
  readonly othersCut = signal(false);
  readonly log = signal<Log['entries']>([]);
  /** Grows when there is more to plot. */
  readonly plotVersion = signal(0);
  readonly temperature = new History(plotted.span, plotted.capacity);
  readonly pressure = new History(plotted.span, plotted.capacity);

  readonly isSilent = computed(() => (this.silence.value ?? 0) >= silentAfter[this.kind]);
  readonly isMoving = computed(() => [...this.motors.value.values()].some((motor) => motor.spd > 0));

  /** Called when something came that should be seen at once. */
  onNews: () => void = () => {};

  #latest: Latest = nothingYet;
  readonly #meter: Meter;
  readonly #topics = new Topics();
  readonly #others = new Topics(32);
  readonly #log = new Log();
  #version = 0;
  #roundTrip: number | null = null;
  #topicsAt = -Infinity;
  #thereSince = 0;

  /** @param service Its service: `robot/ID`, or `ros/ID` for a ROS device. */
  constructor(
    readonly service: string,
    private readonly clock: () => number = () => performance.now(),
  ) {
    this.kind = service.startsWith('ros/') ? 'ros' : 'robot';
    this.id = service.slice(service.indexOf('/') + 1);
    this.#meter = new Meter(clock());
  }

  /** Listens to a robot; to be called before anything that it says can be missed. */
  attach(robot: Pick<Robot, 'on'>): void {
    robot.on('telemetry', (told) => this.#onTelemetry(told.kind, told.data));
    robot.on('orientation', ({ pitch, roll }) => this.#tell({ orientation: { pitch, roll } }));
    robot.on('climate', ({ temperature, pressure }) => {
      this.#tell({ climate: { temperature, pressure } });
      // What no air has would leave nothing to be seen of the rest.
      if (Math.abs(temperature) > most.number || Math.abs(pressure) > most.number) return;
      const now = steadyTime();
      this.temperature.add(now, temperature);
      this.pressure.add(now, pressure);
      this.#version++;
    });
    robot.on('motors', (motors) => this.#tell({ motors: bounded(motors) }));
    robot.on('status', (status) => this.#tell({ status: cutStatus(status) }));
    robot.on('ros', ({ topic, msg }) => {
      if (topic !== null) this.#topics.set(topic, msg, this.clock());
    });
    robot.on('gone', () => this.lose());
    robot.on('back', () => this.find());
  }

  /** It is there. */
  find(): void {
    this.#thereSince = this.clock();
    this.presence.value = 'there';
  }

  /** It isn't there. */
  lose(): void {
    this.presence.value = 'gone';
    this.generation.value = 'unknown';
    this.forget();
  }

  /** What it was doing isn't known any more; what was plotted and said is. */
  forget(): void {
    this.#latest = { ...this.#latest, status: null, motors: nothingYet.motors };
    this.publishLatest();
  }

  /** It has answered a command. */
  answered(ms: number): void {
    this.#roundTrip = Math.round(ms);
  }

  /** Something was said to it. */
  said(text: string): void {
    this.#log.add('you', text);
    this.log.value = this.#log.entries;
  }

  /** Shows what moves. */
  publishLatest(): void {
    this.status.value = this.#latest.status;
    this.motors.value = this.#latest.motors;
    this.orientation.value = this.#latest.orientation;
    this.climate.value = this.#latest.climate;
  }

  /** Shows all of it. */
  publish(): void {
    const now = this.clock();
    this.publishLatest();
    this.rate.value = this.#meter.rate(now);
    this.silence.value = this.#meter.silence(now);
    this.roundTrip.value = this.#roundTrip;
    this.plotVersion.value = this.#version;
    this.log.value = this.#log.entries;
    // Ages are in seconds: more often would show nothing new.
    if (now - this.#topicsAt >= 1_000) {
      this.#topicsAt = now;
      publish(this.#topics, this.topics, this.topicsCut, now);
      publish(this.#others, this.others, this.othersCut, now);
    }
    if (this.presence.peek() === 'there' && this.kind === 'robot' && this.generation.peek() !== 'new') {
      if (this.#latest.status !== null) this.generation.value = 'new';
      else if (now - this.#thereSince >= statusDue) this.generation.value = 'old';
    }
  }

  #tell(news: Partial<Latest>): void {
    this.#latest = { ...this.#latest, ...news };
    if (news.status) this.generation.value = 'new';
    this.onNews();
  }

  #onTelemetry(kind: string, message: unknown): void {
    const now = this.clock();
    this.#meter.tick(now);
    if (shown.has(kind)) return;
    const data = field(message, 'data');
    if (kind === 'msg') this.#log.add('robot', text(field(data, 'data') ?? data));
    else if (kind === 'ros_data') this.#onReadings(field(data, 'data'));
    else this.#others.set(kind, data ?? message, now);
  }

  /** What a ROS device brings: what it read since it came by last, oldest first. */
  #onReadings(readings: unknown): void {
    if (!Array.isArray(readings)) return;
    const now = this.clock();
    this.#topics.set('Newest reading', readings.at(-1), now);
    this.#topics.set('Its last exchange, oldest first', readings, now);
  }
}

/** The kinds of telemetry that have a display of their own. */
const shown = new Set([
  'orientation_data',
  'climate_data',
  'motor_state',
  'status',
  'ros',
  'command_result',
  'self_info',
]);

function bounded(motors: Readonly<Record<string, MotorState>>): ReadonlyMap<string, MotorState> {
  return new Map(
    Object.entries(motors)
      .filter(([name]) => name.length <= most.name)
      .slice(0, most.motors),
  );
}

function cutStatus(status: RobotStatus): RobotStatus {
  return {
    ...status,
    faults: status.faults.slice(0, most.faults).map((fault) => ({
      ...fault,
      part: cut(fault.part, most.name),
      error: cut(fault.error, most.text),
    })),
  };
}

function publish(topics: Topics, list: Signal<readonly Topic[]>, isCut: Signal<boolean>, now: number): void {
  if (topics.size === 0) return;
  list.value = topics.list(now);
  isCut.value = topics.more;
}

function field(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null && Object.hasOwn(of, name) ? Reflect.get(of, name) : undefined;
}

function text(said: unknown): string {
  return typeof said === 'string' ? said : jsonLine(said, 1_000);
}
