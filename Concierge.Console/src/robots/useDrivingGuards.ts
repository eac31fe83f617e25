import { useEffect } from 'preact/hooks';
import type { Driving } from './Driving';

/**
 * Ends driving when nobody may be looking, or a key's release may never be told: the tab is hidden, the window loses the
 * focus, the page is left. The release is sent before the handler returns.
 */
export function useDrivingGuards(driving: Driving): void {
  useEffect(() => {
    const onHidden = () => {
      if (document.visibilityState === 'hidden') driving.halt('Released: the tab was hidden. Press anew to go on.');
    };
    const onBlur = () => driving.halt('Released: the window lost the focus. Press anew to go on.');
    const onLeave = () => driving.halt('Released: the page was left. Press anew to go on.');
    document.addEventListener('visibilitychange', onHidden);
    window.addEventListener('blur', onBlur);
    window.addEventListener('pagehide', onLeave);
    return () => {
      document.removeEventListener('visibilitychange', onHidden);
      window.removeEventListener('blur', onBlur);
      window.removeEventListener('pagehide', onLeave);
    };
  }, [driving]);
}
