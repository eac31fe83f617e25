// What of a long list is shown: what matches, in order, up to a bound. Ten thousand are searched between two key strokes.

/** How many rows are shown at first, and how many more at a time. */
export const page = 200;

export interface Rows<T> {
  readonly shown: readonly T[];
  /** How many match. */
  readonly matching: number;
  /** How many there are. */
  readonly all: number;
}

/**
 * Picks rows.
 * @param all What there is, in any order.
 * @param filter What a row must have in one of its texts, whatever the case; words apart, each anywhere. Empty for all.
 * @param texts A row's texts; the first is what rows are in the order of.
 * @param limit How many are shown at most.
 */
export function pick<T>(
  all: readonly T[],
  filter: string,
  texts: (row: T) => readonly string[],
  limit: number,
): Rows<T> {
  const words = filter
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
  const matching = words.length === 0 ? [...all] : all.filter((row) => hasAll(texts(row), words));
  const keyed = matching.map((row) => ({ row, key: (texts(row)[0] ?? '').toLowerCase() }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return { shown: keyed.slice(0, limit).map(({ row }) => row), matching: matching.length, all: all.length };
}

function hasAll(texts: readonly string[], words: readonly string[]): boolean {
  const lower = texts.map((text) => text.toLowerCase());
  return words.every((word) => lower.some((text) => text.includes(word)));
}
