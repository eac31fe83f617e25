/** Times as people of this place write them. */
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });
const date = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

/** `14:05` */
export const hourOf = (at: number): string => clock.format(at);

/** Everything down to the second. */
export const wholeTimeOf = (at: number): string => whole.format(at);

/** `Saturday, 21 November 2026` */
export const dayOf = (at: number): string => date.format(at);

/** Whether a message is the first of its day. */
export function startsDay(before: { at: number } | undefined, { at }: { at: number }): boolean {
  return before === undefined || new Date(before.at).toDateString() !== new Date(at).toDateString();
}
