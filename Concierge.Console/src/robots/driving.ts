import { signal } from '@preact/signals';

/** Speeds of motors by name, from −100 to 100. */
export type Speeds = Readonly<Record<string, number>>;

/** What {@link Driving} needs of the SDK's RobotDrive. */
export interface Drive {
  hold(motors: Speeds): void;
  release(): void;
}

/** How long a command took to the robot and back, or to the concierge where the robot doesn't answer. */
export interface RoundTrip {
  /** In ms; so far, where it is unanswered. */
  readonly ms: number;
  readonly from: 'robot' | 'concierge';
  readonly isAnswered: boolean;
}

/** From here on driving feels late, and a robot is somewhere else than one thinks. In ms. */
export const lateAfter = 250;

/** Who hears nothing from this page for so long may have stopped for good: robots free their control after it. In ms. */
const hangs = 2_000;

/**
 * The dead man's handle. Somebody holds a stick, keys or a slider: each is a source, and what they hold together is
 * driven. When driving is halted (the tab is hidden, the link is lost, somebody presses STOP) all is released at once, and
 * what is still held counts for nothing until it has been let go of and held anew.
 */
export class Driving {
  /** What is held; null for nothing. */
  readonly held = signal<Speeds | null>(null);
  /** Why driving ended by itself, until it begins again. */
  readonly halted = signal<string | null>(null);
  readonly roundTrip = signal<RoundTrip | null>(null);

  readonly #sources = new Map<string, Speeds>();
  readonly #dead = new Set<string>();
  readonly #interval: number;
  readonly #mayDrive: () => boolean;
  #drive: Drive | null = null;
  #answeredAt = 0;
  #checkedAt = 0;
  #shownAt = -Infinity;

  /**
   * @param mayDrive Asked before anything moves: nobody else drives, no stop is latched, the link stands.
   * @param interval How often the drive repeats what is held, in ms.
   */
  constructor(mayDrive: () => boolean, interval: number) {
    this.#mayDrive = mayDrive;
    this.#interval = interval;
  }

  /** What it drives by; null while there is nothing to drive. */
  use(drive: Drive | null): void {
    if (drive === this.#drive) return;
    this.halt(null);
    this.#drive = drive;
  }

  /** Begins to hold, or holds otherwise. */
  hold(source: string, speeds: Speeds, now = performance.now()): void {
    if (this.#dead.has(source)) return;
    if (this.#drive === null || !this.#mayDrive()) {
      this.#dead.add(source);
      return;
    }
    if (this.held.peek() === null) {
      this.halted.value = null;
      this.#answeredAt = this.#checkedAt = now;
    }
    this.#sources.set(source, speeds);
    this.#tell(this.#drive);
  }

  /** Changes what a source holds, where it holds anything; begins nothing. */
  change(source: string, speeds: Speeds): void {
    if (this.#sources.has(source)) this.hold(source, speeds);
  }

  /** Lets go; from then on it may be held anew. */
  letGo(source: string): void {
    this.#dead.delete(source);
    if (this.#sources.delete(source) && this.#drive !== null) this.#tell(this.#drive);
  }

  /** Releases everything, before it returns. */
  halt(reason: string | null): void {
    for (const source of this.#sources.keys()) this.#dead.add(source);
    this.#sources.clear();
    if (this.held.peek() === null) return;
    // Before anything else: what signals cause may take its time.
    this.#drive?.release();
    this.held.value = null;
    this.halted.value = reason;
  }

  /** A command was answered. What is shown changes no more than 4 times a second, except for the worse. */
  answered(ms: number, from: RoundTrip['from'], now = performance.now()): void {
    this.#answeredAt = now;
    const shown = this.roundTrip.peek();
    if (now - this.#shownAt < 250 && shown?.isAnswered === true && ms <= lateAfter) return;
    this.#shownAt = now;
    this.roundTrip.value = { ms: Math.round(ms), from, isAnswered: true };
  }

  /** Looks whether commands stay unanswered, and whether the page hung, whose hands may be elsewhere; to be called several times a second. */
  check(now = performance.now()): void {
    const silence = now - this.#checkedAt;
    this.#checkedAt = now;
    if (silence >= hangs) return this.halt('Released: the page hung for a while. Press anew to go on.');
    const waiting = now - this.#answeredAt - this.#interval;
    if (this.held.peek() === null || waiting <= lateAfter) return;
    this.roundTrip.value = { ms: Math.round(waiting), from: this.roundTrip.peek()?.from ?? 'robot', isAnswered: false };
  }

  #tell(drive: Drive): void {
    if (this.#sources.size === 0) {
      drive.release();
      this.held.value = null;
      return;
    }
    const held = Object.assign({}, ...this.#sources.values()) as Speeds;
    drive.hold(held);
    this.held.value = held;
  }
}

/** Whether a round trip should worry who drives. */
export function isLate(roundTrip: RoundTrip | null): boolean {
  return roundTrip !== null && (roundTrip.ms > lateAfter || !roundTrip.isAnswered);
}
