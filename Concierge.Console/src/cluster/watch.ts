// Asks the node every two seconds how the cluster does, as long as somebody looks.
import { signal } from '@preact/signals';
import { type ClusterFigures, readCluster } from './figures';
import { RateHistory } from './rates';
import { steadyTime } from '../ui/steadyTime';

/** Between an answer and the next question, in milliseconds. */
const interval = 2_000;

/** How long an answer may take, in milliseconds. The node waits a while for others that don't answer it. */
const patience = 8_000;

/** The part of `fetch` that is used here. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export class ClusterWatch {
  readonly #get: Fetch;
  #running: AbortController | null = null;

  /** The newest answer; null before the first. */
  readonly figures = signal<ClusterFigures | null>(null);

  /** Why there is no newer answer, or null. */
  readonly problem = signal<string | null>(null);

  /** Complete up to {@link figures}, which changes after it. */
  readonly history = new RateHistory();

  constructor(get: Fetch = (url, init) => fetch(url, init)) {
    this.#get = get;
  }

  /** Begins to ask; what runs already goes on. */
  start(): void {
    if (this.#running) return;
    this.#running = new AbortController();
    void this.#run(this.#running.signal);
  }

  /** Asks no more. What is known stays. */
  stop(): void {
    this.#running?.abort();
    this.#running = null;
  }

  async #run(stopped: AbortSignal): Promise<void> {
    while (!stopped.aborted) {
      await this.#ask(stopped);
      await sleep(interval, stopped);
    }
  }

  async #ask(stopped: AbortSignal): Promise<void> {
    try {
      const response = await this.#get('/cluster', {
        cache: 'no-store',
        credentials: 'omit',
        signal: AbortSignal.any([stopped, AbortSignal.timeout(patience)]),
      });
      if (!response.ok) return this.#fail(`The node answered with HTTP ${response.status}.`);
      const figures = readCluster(await response.json());
      if (stopped.aborted) return;
      if (!figures) return this.#fail('What answered is no node of this version.');
      this.history.add(steadyTime(), figures.nodes);
      this.figures.value = figures;
      this.problem.value = null;
    } catch {
      if (!stopped.aborted) this.#fail('The node does not answer.');
    }
  }

  #fail(problem: string): void {
    this.problem.value = `${problem} What is shown may be old; it is asked again every few seconds.`;
  }
}

function sleep(milliseconds: number, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    stopped.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
