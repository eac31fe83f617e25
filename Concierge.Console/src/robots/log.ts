import { cut } from '../ui/Text';

/** Something that was said, by the robot or to it. */
export interface LogEntry {
  readonly number: number;
  readonly from: 'robot' | 'you';
  readonly text: string;
  readonly at: Date;
}

/** What was said last: so many entries, each cut. */
export class Log {
  #entries: readonly LogEntry[] = [];
  #count = 0;
  #waiting: LogEntry[] = [];

  constructor(
    readonly capacity = 200,
    readonly length = 1_000,
  ) {}

  add(from: LogEntry['from'], text: string, at = new Date()): void {
    this.#waiting.push({ number: this.#count++, from, text: cut(text, this.length), at });
    // A flood is not kept until somebody looks.
    if (this.#waiting.length > 2 * this.capacity) this.#waiting = this.#waiting.slice(-this.capacity);
  }

  /** Oldest first; the same array while nothing was added. */
  get entries(): readonly LogEntry[] {
    if (this.#waiting.length > 0) {
      this.#entries = [...this.#entries, ...this.#waiting].slice(-this.capacity);
      this.#waiting = [];
    }
    return this.#entries;
  }
}
