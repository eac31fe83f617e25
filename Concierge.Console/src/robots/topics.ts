import { json, jsonLine } from '../ui/jsonText';
import { cut } from '../ui/Text';
import { Meter } from './meter';

/** The latest of a ROS topic, or of a kind of telemetry that the console has no display for. */
export interface Topic {
  readonly name: string;
  readonly line: string;
  readonly text: string;
  /** Seconds since it came. */
  readonly age: number;
  /** Messages a second. */
  readonly rate: number;
}

interface Entry {
  value: unknown;
  /** Its texts are made when they are shown, and kept while nothing new came. */
  shown: { line: string; text: string } | null;
  readonly meter: Meter;
}

/** The latest value of each topic, of a bounded number of topics. */
export class Topics {
  readonly #entries = new Map<string, Entry>();
  #more = false;

  constructor(readonly capacity = 64) {}

  /** Whether there are topics that there was no room for. */
  get more(): boolean {
    return this.#more;
  }

  get size(): number {
    return this.#entries.size;
  }

  set(name: string, value: unknown, now: number): void {
    const key = cut(name, 200);
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      if (this.#entries.size >= this.capacity) {
        this.#more = true;
        return;
      }
      entry = { value, shown: null, meter: new Meter(now) };
      this.#entries.set(key, entry);
    }
    entry.value = value;
    entry.shown = null;
    entry.meter.tick(now);
  }

  clear(): void {
    this.#entries.clear();
    this.#more = false;
  }

  /** All of them, by name. What a value takes is let go of here: only its text, cut, is kept. */
  list(now: number): Topic[] {
    const list = [...this.#entries].map(([name, entry]) => {
      entry.shown ??= { line: jsonLine(entry.value), text: json(entry.value) };
      entry.value = null;
      return { name, ...entry.shown, age: entry.meter.silence(now) ?? 0, rate: entry.meter.rate(now) };
    });
    return list.sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
