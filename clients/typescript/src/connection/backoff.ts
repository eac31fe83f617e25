import type { ReconnectPolicy } from '../options.js';

/** The waits of one row of attempts. */
export class Backoff {
  readonly #policy: ReconnectPolicy;
  #ceiling: number;
  #attempts = 0;

  constructor(policy: ReconnectPolicy) {
    this.#policy = policy;
    this.#ceiling = policy.initialDelay;
  }

  /** The next attempt, counted from 1, and how long to wait before it, in milliseconds. */
  next(): { attempt: number; delay: number } {
    const delay = this.#ceiling * Math.random();
    this.#ceiling = Math.min(this.#policy.maxDelay, this.#ceiling * this.#policy.factor);
    return { attempt: ++this.#attempts, delay };
  }

  /** Starts over, after a connection that lasted. */
  reset(): void {
    this.#ceiling = this.#policy.initialDelay;
    this.#attempts = 0;
  }
}
