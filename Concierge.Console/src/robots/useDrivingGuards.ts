import { useEffect } from 'preact/hooks';
import type { Driving } from './driving';

/** Ends driving when nobody may have it in hand. The release is sent before the event's handler returns. */
export function useDrivingGuards(driving: Driving): void {
  useEffect(() => onHandsOff((why) => driving.halt(`Released: ${why}. Press anew to go on.`)), [driving]);
}

/**
 * Tells when nobody may be looking, or when the page may never be told that a key goes up: menus, and what is dragged, take
 * the keyboard for themselves.
 * @returns Ends that.
 */
export function onHandsOff(tell: (why: string) => void): () => void {
  const ending = new AbortController();
  const on = (target: EventTarget, event: string, why: string, counts: (e: Event) => boolean = () => true) =>
    target.addEventListener(event, (e) => counts(e) && tell(why), { signal: ending.signal });
  on(document, 'visibilitychange', 'the tab was hidden', () => document.visibilityState === 'hidden');
  on(window, 'blur', 'the window lost the focus');
  on(window, 'pagehide', 'the page was left');
  on(window, 'beforeprint', 'the page was printed');
  on(window, 'contextmenu', 'a menu was opened', (e) => !e.defaultPrevented);
  on(window, 'dragstart', 'something was dragged');
  // What is behind a dialog, STOP too, can't be reached.
  on(window, 'focusin', 'a dialog was opened', (e) => isInDialog(e.target));
  return () => ending.abort();
}

export function isInDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('dialog') !== null;
}
