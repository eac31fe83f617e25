// Figures as people read them. Where there is none it is a dash.

const none = '–';

/** 12,345 */
export function number(value: number | null): string {
  return value === null ? none : Math.round(value).toLocaleString('en');
}

/** Of a rate: small ones to a tenth. */
export function rate(value: number | null | undefined): string {
  if (value === null || value === undefined) return none;
  return value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en');
}

/** 1.2 MiB */
export function bytes(value: number | null): string {
  if (value === null) return none;
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit] ?? ''}`;
}

/** 3 d 4 h, 5 min 6 s; of seconds. */
export function duration(seconds: number | null): string {
  if (seconds === null) return none;
  const s = Math.floor(seconds);
  if (s >= 86_400) return `${Math.floor(s / 86_400)} d ${Math.floor((s % 86_400) / 3_600)} h`;
  if (s >= 3_600) return `${Math.floor(s / 3_600)} h ${Math.floor((s % 3_600) / 60)} min`;
  return s >= 60 ? `${Math.floor(s / 60)} min ${s % 60} s` : `${s} s`;
}

/** 17:24:30, as it is here; of seconds since 1970. */
export function clock(seconds: number): string {
  return new Date(seconds * 1000).toLocaleTimeString('en', { hourCycle: 'h23' });
}
