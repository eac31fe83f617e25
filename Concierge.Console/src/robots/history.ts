/**
 * What a sensor said during the last minutes, for a plot: at most one value for each step of time, and none older than
 * the span, so that what it holds is bounded however much comes.
 */
export class History {
  readonly #times: number[] = [];
  readonly #values: number[] = [];
  readonly #step: number;

  /**
   * @param span How long it reaches back, in s.
   * @param capacity How many values at most.
   */
  constructor(
    readonly span: number,
    capacity: number,
  ) {
    this.#step = span / capacity;
  }

  get length(): number {
    return this.#times.length;
  }

  get last(): number | undefined {
    return this.#values.at(-1);
  }

  /** Adds a value. Within one step the last one counts. Time, in s, doesn't run backward: what is older is dropped. */
  add(time: number, value: number): void {
    if (!Number.isFinite(time) || !Number.isFinite(value)) return;
    const last = this.#times.at(-1);
    if (last !== undefined && time < last) return;
    if (last !== undefined && Math.floor(time / this.#step) === Math.floor(last / this.#step)) {
      this.#values[this.#values.length - 1] = value;
      return;
    }
    this.#times.push(time);
    this.#values.push(value);
    this.forget(time);
  }

  /** Drops what is older than the span. */
  forget(now: number): void {
    const kept = this.#times.findIndex((time) => time > now - this.span);
    const gone = kept === -1 ? this.#times.length : kept;
    this.#times.splice(0, gone);
    this.#values.splice(0, gone);
  }

  /** Both columns, by reference: for reading, until the next {@link add}. */
  columns(scale = 1): [number[], number[]] {
    return [this.#times, scale === 1 ? this.#values : this.#values.map((value) => value * scale)];
  }
}
