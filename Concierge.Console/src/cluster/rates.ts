// Rates over time, from counters that are read every now and then. A node that doesn't answer leaves a gap; one that was
// started anew counts from 0 again, which is a gap as well, and no rate.
import type { NodeFigures } from './figures';

/** Messages a second of one node. */
export interface Rate {
  readonly received: number;
  readonly sent: number;
}

/** What a plot draws: times in seconds since 1970, and for each node its rates at these times. */
export interface RateSeries {
  readonly times: readonly number[];
  readonly nodes: readonly { readonly name: string; readonly rates: readonly (Rate | null)[] }[];
}

interface Reading {
  readonly at: number;
  readonly received: number;
  readonly sent: number;
  readonly uptime: number | null;
}

/** How far back it goes, in seconds. */
export const span = 600;

/** Readings further apart say too little of the time between them: the page was hidden, or the computer asleep. */
const longestStep = 15;

export class RateHistory {
  readonly #last = new Map<string, Reading>();
  #points: { at: number; rates: ReadonlyMap<string, Rate> }[] = [];

  /**
   * Takes what the nodes counted.
   * @param at When that was, in seconds since 1970. What is not later than the reading before is left out.
   * @param nodes The nodes at the time.
   */
  add(at: number, nodes: readonly NodeFigures[]): void {
    const before = this.#points.at(-1);
    if (before && at <= before.at) return;
    const rates = new Map<string, Rate>();
    const names = new Set<string>();
    for (const node of nodes) {
      names.add(node.name);
      const last = this.#last.get(node.name);
      const reading = readingOf(at, node);
      if (reading) this.#last.set(node.name, reading);
      else this.#last.delete(node.name);
      const rate = last && reading && rateBetween(last, reading);
      if (rate) rates.set(node.name, rate);
    }
    for (const name of this.#last.keys()) if (!names.has(name)) this.#last.delete(name);

    this.#points.push({ at, rates });
    const oldest = at - span;
    if (this.#points[0] && this.#points[0].at < oldest)
      this.#points = this.#points.filter((point) => point.at >= oldest);
  }

  /** The newest rate of a node; null where it gave none. */
  current(node: string): Rate | null {
    return this.#points.at(-1)?.rates.get(node) ?? null;
  }

  /** All that is known, nodes by name. */
  series(): RateSeries {
    const names = new Set(this.#points.flatMap((point) => [...point.rates.keys()]));
    return {
      times: this.#points.map((point) => point.at),
      nodes: [...names]
        .sort()
        .map((name) => ({ name, rates: this.#points.map((point) => point.rates.get(name) ?? null) })),
    };
  }
}

function readingOf(at: number, node: NodeFigures): Reading | null {
  if (node.messagesReceived === null || node.messagesSent === null) return null;
  return { at, received: node.messagesReceived, sent: node.messagesSent, uptime: node.uptime };
}

function rateBetween(from: Reading, to: Reading): Rate | null {
  const step = to.at - from.at;
  const startedAnew = from.uptime !== null && to.uptime !== null && to.uptime < from.uptime;
  if (step > longestStep || startedAnew || to.received < from.received || to.sent < from.sent) return null;
  return { received: (to.received - from.received) / step, sent: (to.sent - from.sent) / step };
}
