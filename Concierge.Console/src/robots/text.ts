/** Numbers and strangers' names as short texts. */
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
