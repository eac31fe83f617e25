import { useEffect } from 'preact/hooks';
import type { StickPosition } from './mix';
import { DrivingKeys } from './stick';
import { isInDialog, onHandsOff } from './useDrivingGuards';

/** Whether keys belong to what has the focus: texts, where arrows choose, and dialogs. */
function takesArrows(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select') || isInDialog(target))
  );
}

/** Whether a space is a letter there. */
function takesText(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('textarea, input:not([type=range], [type=checkbox], [type=radio], [type=button])'))
  );
}

/**
 * The space bar stops, whatever has the focus but a field of text: a button that has it is not pressed. In the capture
 * phase, so that nothing on the page can take it away.
 */
export function useStopKey(stop: () => void): void {
  useEffect(() => {
    const onKey = (e: KeyboardEvent) => {
      // Remote desktops and keyboards on screens may give no code.
      if ((e.code !== 'Space' && e.key !== ' ') || takesText(e.target)) return;
      // A button is pressed when the key goes up: both ends of it are taken.
      e.preventDefault();
      e.stopPropagation();
      if (e.type === 'keydown' && !e.repeat) stop();
    };
    window.addEventListener('keydown', onKey, true);
    window.addEventListener('keyup', onKey, true);
    return () => {
      window.removeEventListener('keydown', onKey, true);
      window.removeEventListener('keyup', onKey, true);
    };
  }, [stop]);
}

/**
 * Arrow keys and WASD as a stick.
 * @param move Told the stick's position while keys are held, null when all have been let go of.
 * @param mayDrive While it says no, arrow keys scroll as elsewhere.
 */
export function useDrivingKeys(move: (position: StickPosition | null) => void, mayDrive: () => boolean): void {
  useEffect(() => {
    const keys = new DrivingKeys();
    const tell = () => move(keys.any ? keys.position : null);
    const letGo = () => {
      if (!keys.any) return;
      keys.clear();
      tell();
    };
    const onDown = (e: KeyboardEvent) => {
      // With one of these a key is a shortcut, and some systems don't tell then when it is let go of.
      if (e.ctrlKey || e.metaKey || e.altKey) return letGo();
      if (!DrivingKeys.has(e.code) || takesArrows(e.target) || !(mayDrive() || keys.any)) return;
      e.preventDefault();
      // A key that repeats was pressed before: perhaps before driving ended.
      if (e.repeat) return;
      keys.press(e.code);
      tell();
    };
    const onUp = (e: KeyboardEvent) => {
      if (keys.release(e.code)) tell();
    };
    // After whoever ends driving for the same reason has said so.
    const letGoSoon = () => setTimeout(letGo);
    const onFocus = (e: FocusEvent) => {
      if (takesArrows(e.target)) letGoSoon();
    };
    window.addEventListener('keydown', onDown);
    window.addEventListener('keyup', onUp);
    window.addEventListener('focusin', onFocus);
    const end = onHandsOff(letGoSoon);
    return () => {
      window.removeEventListener('keydown', onDown);
      window.removeEventListener('keyup', onUp);
      window.removeEventListener('focusin', onFocus);
      end();
      letGo();
    };
  }, [move, mayDrive]);
}
