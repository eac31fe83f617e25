/** A handler of an event. What it throws, or a promise of its rejects with, becomes a fault. */
export type Handler<E> = (event: E) => unknown;

/** Handlers by event. They are called at once, in the order in which they were attached. */
export class Emitter<Events> {
  readonly #handlers = new Map<keyof Events, Set<{ readonly handle: Handler<never> }>>();
  readonly #failed: (error: unknown, event: keyof Events) => void;

  /** @param failed Told what handlers throw. */
  constructor(failed: (error: unknown, event: keyof Events) => void) {
    this.#failed = failed;
  }

  /** @returns Detaches the handler. */
  on<K extends keyof Events>(event: K, handle: Handler<Events[K]>): () => void {
    // An entry of its own: the same function attached twice is called twice, and detached once at a time.
    const entry = { handle };
    const entries = this.#handlers.get(event) ?? new Set();
    this.#handlers.set(event, entries.add(entry));
    return () => void entries.delete(entry);
  }

  /** @returns Whether anybody was told. */
  emit<K extends keyof Events>(event: K, occurrence: Events[K]): boolean {
    const entries = [...(this.#handlers.get(event) ?? [])];
    for (const entry of entries) {
      try {
        const outcome = (entry.handle as Handler<Events[K]>)(occurrence);
        if (outcome instanceof Promise) outcome.catch((error: unknown) => this.#failed(error, event));
      } catch (error) {
        this.#failed(error, event);
      }
    }
    return entries.length > 0;
  }
}
