/** How much comes, and how long ago the last of it came. Times are in ms, of any clock that doesn't run backward. */
export class Meter {
  #count = 0;
  #since: number;
  #rate = 0;
  #lastAt: number | null = null;

  constructor(now: number) {
    this.#since = now;
  }

  /** Something came. */
  tick(now: number): void {
    this.#count++;
    this.#lastAt = now;
  }

  /** Messages a second, over a time in which there were some to count: from 1 s to 10 s. */
  rate(now: number): number {
    const seconds = (now - this.#since) / 1000;
    if (seconds < 1) return this.#rate;
    const rate = this.#count / seconds;
    if (this.#count < 5 && seconds < 10) return this.#rate === 0 ? rate : this.#rate;
    // Half of it is what was, so that the number can be read.
    this.#rate = this.#rate === 0 || seconds >= 10 ? rate : (this.#rate + rate) / 2;
    this.#count = 0;
    this.#since = now;
    return this.#rate;
  }

  /** Whole seconds since something came last; null before anything did. */
  silence(now: number): number | null {
    return this.#lastAt === null ? null : Math.max(0, Math.floor((now - this.#lastAt) / 1000));
  }
}
