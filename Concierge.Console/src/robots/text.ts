/** Numbers and strangers' values as short texts. */
import { cut } from '../ui/Text';

/** A stranger's name within a sentence: cut, and kept from turning the rest of it round. */
export function isolated(name: string, length = 40): string {
  return `\u2068${cut(name.replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g, ''), length)}\u2069`;
}

/** A time that has passed, in s: "8 s", "3 min", "2 h", "5 d". */
export function span(seconds: number): string {
  if (!(seconds >= 0)) return '–';
  if (seconds < 90) return `${Math.floor(seconds)} s`;
  if (seconds < 90 * 60) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 36 * 3600) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

/** With so many decimals, a real minus sign and no minus zero. */
export function decimal(value: number, digits = 1): string {
  if (!Number.isFinite(value)) return '–';
  // What no sensor means would break the layout: 1e300 has 300 digits.
  if (Math.abs(value) >= 1e7) return value.toExponential(1).replace('-', '−');
  const text = value.toFixed(digits);
  return Number(text) === 0 ? (0).toFixed(digits) : text.replace('-', '−');
}

/** Messages a second. */
export function perSecond(rate: number): string {
  return `${rate > 0 && rate < 9.95 ? decimal(rate, 1) : decimal(rate, 0)}/s`;
}

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
