/**
 * What a client wants to stand at the concierge for as long as it lives: its nickname, the services it created, the
 * subscriptions it made and the rooms it joined. A new connection starts without them, so the client makes them again
 * from here.
 */
export class Registrations {
  /** The services that the client owns, with their nicknames. */
  readonly services = new Wishes<string | null>();
  /** The services that the client wants to be subscribed to, and whether the subscription stands. */
  readonly subscriptions = new Wishes<boolean>();
  /** The rooms that the client wants to be in. */
  readonly rooms = new Wishes<true>();
  #nickname: string | null;
  #renamings = 0;
  #renamedBy = 0;

  constructor(nickname: string | null) {
    this.#nickname = nickname;
  }

  /** What people call the client, or null. */
  get nickname(): string | null {
    return this.#nickname;
  }

  /** The client asks for another nickname. @returns To be called when it has it: of several under way, the last one counts. */
  renaming(nickname: string | null): () => void {
    const attempt = ++this.#renamings;
    return () => {
      if (attempt <= this.#renamedBy) return;
      this.#renamedBy = attempt;
      this.#nickname = nickname;
    };
  }
}

/** What is wanted, by name. The last word counts: giving something up, even if the concierge never answers that, ends what was being asked for. */
export class Wishes<T> {
  readonly #granted = new Map<string, T>();
  readonly #asking = new Map<string, Set<object>>();

  get all(): [name: string, value: T][] {
    return [...this.#granted];
  }

  get(name: string): T | undefined {
    return this.#granted.get(name);
  }

  /** Something is asked for, and wanted from when that succeeds, unless it was given up in the meantime. */
  async ask<R>(name: string, asked: Promise<R>, grant: (answer: R) => T | undefined): Promise<R> {
    const attempt = {};
    const attempts = this.#asking.get(name) ?? new Set();
    this.#asking.set(name, attempts.add(attempt));
    try {
      const answer = await asked;
      const value = grant(answer);
      if (value !== undefined && this.#asking.get(name)?.has(attempt)) this.#granted.set(name, value);
      return answer;
    } finally {
      attempts.delete(attempt);
      if (attempts.size === 0 && this.#asking.get(name) === attempts) this.#asking.delete(name);
    }
  }

  /** It changed by itself. Nothing where it isn't wanted. */
  update(name: string, value: T): void {
    if (this.#granted.has(name)) this.#granted.set(name, value);
  }

  /** It is no longer wanted. */
  giveUp(name: string): void {
    this.#granted.delete(name);
    this.#asking.delete(name);
  }
}
