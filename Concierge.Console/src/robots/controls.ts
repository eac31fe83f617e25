import { computed, effect, signal, untracked, type ReadonlySignal } from '@preact/signals';
import { ConciergeError, type CommandResult, type Robot } from '@concierge/client';
import { Driving, type Speeds } from './driving';
import type { Watched } from './fleet';
import type { SideSpeeds } from './mix';
import type { Generation } from './robotModel';
import { isolated } from './text';

/** How often a held command is repeated, in ms: 20 times a second. */
export const driveInterval = 50;

/** Why a robot can't be driven at the moment. */
export interface Obstacle {
  readonly kind: 'offline' | 'looking' | 'gone' | 'stopped' | 'taken';
  readonly text: string;
}

/** How the last thing went that was asked of a robot. */
export interface Outcome {
  readonly phase: 'sending' | 'done' | 'sent' | 'failed';
  /** Why it failed. */
  readonly error?: string;
  /** Whether the answer takes long. */
  readonly isLate?: boolean;
}

/** A light or a buzzer: robots don't say whether it is on, so what was asked for last is shown, and how that went. */
export interface SwitchState {
  readonly on: boolean;
  readonly outcome: Outcome | null;
}

/** How long a stop may be unanswered, in ms, before that is news. Old robots, which answer nothing, are given a second. */
const answerDue = 1_500;

const off: SwitchState = { on: false, outcome: null };

/** What a person does to a robot: drives it, stops it, switches, speaks. Belongs to a page, and ends with it. */
export class Controls {
  readonly driving: Driving;
  /** The greatest speed of a side, in per cent. */
  readonly limit = signal(50);
  readonly led = signal(off);
  readonly buzzer = signal(off);
  /** How the last stop, or release of it, went. */
  readonly stopping = signal<(Outcome & { readonly what: 'stop' | 'release' }) | null>(null);
  readonly saying = signal<Outcome | null>(null);
  readonly obstacle: ReadonlySignal<Obstacle | null>;
  /** Whether it is stopped until that is released. */
  readonly isStopped: ReadonlySignal<boolean>;

  /** Old robots keep no stop of their own: this page does. */
  readonly #isParked = signal(false);
  /** Counts stops and releases: what becomes of one is no news after the next. */
  #lastWord = 0;
  #late: ReturnType<typeof setTimeout> | undefined;
  readonly #watched: Watched;
  readonly #endings: (() => void)[] = [];

  constructor(
    watched: Watched,
    self: ReadonlySignal<{ readonly uuid: string } | null>,
    isOnline: ReadonlySignal<boolean>,
  ) {
    this.#watched = watched;
    const { model } = watched;
    this.isStopped = computed(() => model.status.value?.stopped ?? this.#isParked.value);
    this.obstacle = computed(() => {
      if (!isOnline.value) return offline(model.generation.value);
      if (model.presence.value === 'looking') return looking;
      if (model.presence.value === 'gone') return gone;
      if (this.isStopped.value) return stopped;
      const driver = model.status.value?.driver;
      return driver && driver.uuid !== self.value?.uuid ? takenBy(driver.nickname ?? driver.name) : null;
    });
    this.driving = new Driving(() => this.obstacle.peek() === null, driveInterval);
    this.#endings.push(
      effect(() => {
        const obstacle = this.obstacle.value;
        if (obstacle !== null) this.driving.halt(obstacle.text);
      }),
      // A release that failed is news until something else happens; a stop, until the robot says that it is stopped, or is driven.
      effect(() => {
        void this.obstacle.value;
        const isOver = this.driving.held.value !== null || model.status.value?.stopped === true;
        const stopping = this.stopping.peek();
        if (stopping?.phase === 'failed' && (isOver || stopping.what === 'release')) this.stopping.value = null;
      }),
      // Whoever says whether it is stopped keeps its own stop.
      effect(() => {
        if (model.status.value !== null) this.#isParked.value = false;
      }),
      effect(() => {
        const robot = watched.robot.value;
        return untracked(() => this.#take(robot));
      }),
    );
    const checking = setInterval(() => this.driving.check(), 100);
    this.#endings.push(() => clearInterval(checking));
  }

  /** Stops it, whoever drives. What can't be sent now is not sent later: it would stop whoever drives then. */
  stop(): void {
    this.driving.halt('You stopped it.');
    const tell = this.#word('stop');
    const obstacle = this.obstacle.peek();
    if (obstacle?.kind === 'offline' || obstacle?.kind === 'gone' || obstacle?.kind === 'looking') {
      tell({ phase: 'failed', error: `Not sent: ${obstacle.text}` });
      return;
    }
    const robot = this.#watched.robot.value;
    if (robot === null) return;
    // What is latched nowhere else is latched here.
    if (!robot.answers) this.#isParked.value = true;
    void ask(() => robot.stop(), tell);
    clearTimeout(this.#late);
    this.#late = setTimeout(() => {
      if (this.stopping.peek()?.phase === 'sending') tell({ phase: 'sending', isLate: true });
    }, answerDue);
  }

  /** Lets a stopped robot be driven again. */
  clearStop(): void {
    const tell = this.#word('release');
    this.#order(
      (robot) => robot.clearStop(),
      (outcome) => {
        if (!tell(outcome) || (outcome.phase !== 'sent' && outcome.phase !== 'done')) return;
        this.#isParked.value = false;
        this.driving.halted.value = null;
      },
    );
  }

  /** What is known of a stopped robot: only what it says itself is certain. */
  get stopNote(): string {
    return this.#watched.model.status.value?.stopped === true
      ? 'Stopped. It doesn’t move for anybody until the stop is released.'
      : 'Told to stop; it doesn’t say whether it did. This page sends it nothing until you release it. An old robot keeps no stop of its own: others may drive it.';
  }

  /** Speeds for the motors that it has: a command that names one it doesn't have is refused as a whole. */
  sides(speeds: SideSpeeds): Speeds {
    const has = this.#watched.model.motors.peek();
    if (has.size === 0) return { ...speeds };
    return Object.fromEntries(Object.entries(speeds).filter(([motor]) => has.has(motor)));
  }

  switchLed(on: boolean): void {
    this.#order(
      (robot) => robot.setLed(on),
      (outcome) => (this.led.value = switched(on, outcome)),
    );
  }

  switchBuzzer(on: boolean): void {
    this.#order(
      (robot) => robot.setBuzzer(on),
      (outcome) => (this.buzzer.value = switched(on, outcome)),
    );
  }

  say(text: string): void {
    this.#watched.model.said(text);
    this.#order(
      (robot) => robot.command('msg', { data: text }),
      (outcome) => (this.saying.value = outcome),
    );
  }

  /** Releases what is held, and ends. */
  close(): void {
    this.driving.halt(null);
    clearTimeout(this.#late);
    for (const end of this.#endings.splice(0).reverse()) end();
    this.driving.use(null);
  }

  #take(robot: Robot | null): (() => void) | undefined {
    if (robot === null) return (this.driving.use(null), undefined);
    const drive = robot.drive({ interval: driveInterval });
    const detach = [
      drive.on('roundTrip', ({ ms, from }) => {
        this.driving.answered(ms, from);
        if (from === 'robot') this.#watched.model.answered(ms);
      }),
      drive.on('fault', (fault) => this.driving.halt(messageOf(fault))),
    ];
    this.driving.use(drive);
    return () => {
      this.driving.use(null);
      for (const end of detach) end();
      void drive.close();
    };
  }

  /** @returns Tells what becomes of it, and says whether it is still the last word. */
  #word(what: 'stop' | 'release'): (outcome: Outcome) => boolean {
    const word = ++this.#lastWord;
    return (outcome) => {
      const isLast = word === this.#lastWord;
      if (isLast) this.stopping.value = { ...outcome, what };
      return isLast;
    };
  }

  #order(what: (robot: Robot) => Promise<CommandResult>, tell: (outcome: Outcome) => void): void {
    const robot = this.#watched.robot.value;
    if (robot === null) tell({ phase: 'failed', error: gone.text });
    else void ask(() => what(robot), tell);
  }
}

/** Asks a robot for something, and tells how that goes. Never throws. */
export async function ask(what: () => Promise<CommandResult>, tell: (outcome: Outcome) => void): Promise<void> {
  tell({ phase: 'sending' });
  try {
    const result = await what();
    if (!result.ok) tell({ phase: 'failed', error: result.error ?? 'The robot refused it and says no more.' });
    else tell({ phase: result.from === 'robot' ? 'done' : 'sent' });
  } catch (e) {
    tell({ phase: 'failed', error: messageOf(e) });
  }
}

/** Shown as asked for, until that fails. */
function switched(on: boolean, outcome: Outcome): SwitchState {
  return { on: on === (outcome.phase !== 'failed'), outcome };
}

const looking: Obstacle = { kind: 'looking', text: 'Looking for the robot.' };

const gone: Obstacle = { kind: 'gone', text: 'The robot isn’t connected. This page goes on by itself when it is.' };

const stopped: Obstacle = { kind: 'stopped', text: 'It is stopped. Release the stop to drive.' };

function offline(generation: Generation): Obstacle {
  const robot =
    generation === 'old'
      ? 'An old robot has no watchdog: the concierge stops it about a second after your last command.'
      : 'The robot’s own watchdog stops it within half a second.';
  return { kind: 'offline', text: `The link to the concierge is lost, and nothing can be sent. ${robot}` };
}

function takenBy(name: string): Obstacle {
  return { kind: 'taken', text: `${isolated(name)} drives. Control is free about two seconds after they let go.` };
}

function messageOf(error: unknown): string {
  return error instanceof ConciergeError ? error.message : 'It could not be sent.';
}
