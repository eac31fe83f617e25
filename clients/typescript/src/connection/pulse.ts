import { after } from '../timers.js';

/**
 * Notices a link that died without a word. Browsers can't ping, so a silent link is sent a tiny request; where nothing at
 * all comes within as long again, it is lost.
 */
export class Pulse {
  readonly #interval: number;
  readonly #probe: () => void;
  readonly #lost: () => void;
  #heard = false;
  #isProbing = false;
  #cancel: () => void;

  /** @param interval In milliseconds. */
  constructor(interval: number, probe: () => void, lost: () => void) {
    this.#interval = interval;
    this.#probe = probe;
    this.#lost = lost;
    this.#cancel = after(interval, () => this.#check());
  }

  /** Something came in. */
  heard(): void {
    this.#heard = true;
    this.#isProbing = false;
  }

  end(): void {
    this.#cancel();
  }

  #check(): void {
    if (this.#isProbing) {
      // A program that was busy, or a tab that was asleep, may have the answer waiting: it is read before this comes.
      this.#cancel = after(0, () => (this.#isProbing ? this.#lost() : this.#check()));
      return;
    }
    if (!this.#heard) {
      this.#isProbing = true;
      this.#probe();
    }
    this.#heard = false;
    this.#cancel = after(this.#interval, () => this.#check());
  }
}
