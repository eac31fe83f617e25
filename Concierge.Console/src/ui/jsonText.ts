/** Strangers' values as texts, at a price that is bounded. */
import { cut } from './Text';

/**
 * A value as indented JSON, cut: what it costs is bounded by `length` however large or deep the value is, and it takes
 * what JSON.stringify throws at.
 */
export function json(value: unknown, length = 2_000): string {
  const text: string[] = [];
  let left = length;
  const put = (part: string) => {
    if (left > 0) text.push(part.length > left ? cut(part, left) : part);
    left -= part.length;
  };
  const write = (what: unknown, depth: number) => {
    if (left <= 0) return;
    if (typeof what === 'string') return put(JSON.stringify(cut(what, Math.min(left, 500))));
    if (typeof what !== 'object' || what === null) return put(String(what));
    if (depth >= 8) return put('…');
    const indent = `\n${'  '.repeat(depth + 1)}`;
    const isList = Array.isArray(what);
    put(isList ? '[' : '{');
    let isFirst = true;
    // Not Object.entries: it copies all of a huge object before the first is cut.
    for (const key in what) {
      if (left <= 0) break;
      if (!isFirst) put(',');
      isFirst = false;
      put(indent);
      if (!isList) put(`${JSON.stringify(cut(key, 100))}: `);
      write((what as Record<string, unknown>)[key], depth + 1);
    }
    if (!isFirst) put(`\n${'  '.repeat(depth)}`);
    put(isList ? ']' : '}');
  };
  write(value, 0);
  return text.join('');
}

/** The same in one short line. */
export function jsonLine(value: unknown, length = 80): string {
  return cut(json(value, length * 3).replace(/\s*\n\s*/g, ' '), length);
}
