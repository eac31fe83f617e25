// Rates over time, from counters that are read every now and then. The time between two readings is the node's own, as its
// uptime says: neither the network nor a report that is a second old makes a rate wrong. What isn't known is a gap.
import type { NodeFigures } from './figures';

/** Messages a second of one node. */
export interface Rate {
  readonly received: number;
  readonly sent: number;
}

/** One node's part of a plot. */
export interface Line {
  readonly id: string;
  readonly name: string | null;
  /** At each of the plot's times; null where it isn't known. */
  readonly rates: readonly (Rate | null)[];
}

/** What a plot draws. */
export interface RateSeries {
  /** In seconds since 1970. */
  readonly times: readonly number[];
  readonly lines: readonly Line[];
}

interface Reading {
  readonly uptime: number;
  readonly received: number;
  readonly sent: number;
  /** The rate up to it. */
  readonly rate: Rate | null;
}

/** How far back it goes, in seconds. */
export const span = 600;

/** Readings further apart, in seconds, say too little of the time between them: nobody looked, or the computer was asleep. */
const longestStep = 15;

export class RateHistory {
  #last = new Map<string, Reading>();
  #points: { at: number; rates: ReadonlyMap<string, Rate> }[] = [];
  readonly #names = new Map<string, string | null>();

  /**
   * Takes what the nodes counted.
   * @param at When that was, in seconds since 1970. What is not later than the reading before is left out.
   * @param nodes The nodes at the time.
   */
  add(at: number, nodes: readonly NodeFigures[]): void {
    const before = this.#points.at(-1);
    if (before && at <= before.at) return;
    const readings = new Map<string, Reading>();
    const rates = new Map<string, Rate>();
    for (const node of nodes) {
      this.#names.set(node.id, node.name);
      const reading = readingOf(node, this.#last.get(node.id));
      if (reading) readings.set(node.id, reading);
      if (reading?.rate) rates.set(node.id, reading.rate);
    }
    this.#last = readings;
    this.#points.push({ at, rates });
    this.#forget(at - span);
  }

  /** The newest rate of a node; null where it gave none. */
  current(id: string): Rate | null {
    return this.#points.at(-1)?.rates.get(id) ?? null;
  }

  /** All that is known, nodes by name. */
  series(): RateSeries {
    const lines = [...this.#shown()].map((id) => ({
      id,
      name: this.#names.get(id) ?? null,
      rates: this.#points.map((point) => point.rates.get(id) ?? null),
    }));
    lines.sort((a, b) => compare(a.name ?? '', b.name ?? '') || compare(a.id, b.id));
    return { times: this.#points.map((point) => point.at), lines };
  }

  #shown(): Set<string> {
    return new Set(this.#points.flatMap((point) => [...point.rates.keys()]));
  }

  #forget(before: number): void {
    if (!this.#points[0] || this.#points[0].at >= before) return;
    this.#points = this.#points.filter((point) => point.at >= before);
    const shown = this.#shown();
    for (const id of this.#names.keys()) if (!shown.has(id) && !this.#last.has(id)) this.#names.delete(id);
  }
}

function readingOf(node: NodeFigures, last: Reading | undefined): Reading | null {
  const { uptime, messagesReceived: received, messagesSent: sent } = node;
  if (uptime === null || received === null || sent === null) return null;
  // The same report once more.
  if (last?.uptime === uptime) return last;
  return { uptime, received, sent, rate: last ? rateBetween(last, { uptime, received, sent }) : null };
}

function rateBetween(from: Omit<Reading, 'rate'>, to: Omit<Reading, 'rate'>): Rate | null {
  const step = to.uptime - from.uptime;
  const countsAnew = step < 0 || to.received < from.received || to.sent < from.sent;
  if (countsAnew || step > longestStep) return null;
  return { received: (to.received - from.received) / step, sent: (to.sent - from.sent) / step };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
