import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { isPressed } from './stick';

interface HoldButtonProps {
  label: string;
  disabled: boolean;
  onHold: () => void;
  onLetGo: () => void;
  children: ComponentChildren;
}

/** A button that acts as long as it is held down: with a pointer, or with Enter. */
export function HoldButton({ label, disabled, onHold, onLetGo, children }: HoldButtonProps) {
  // By which pointer, or the key.
  const held = useRef<number | 'key' | null>(null);
  const hold = (by: number | 'key') => {
    if (held.current !== null || disabled) return;
    held.current = by;
    onHold();
  };
  const letGo = () => {
    if (held.current === null) return;
    held.current = null;
    onLetGo();
  };
  useEffect(() => letGo, []);
  // A button that is disabled isn't told any more that a finger leaves it.
  useEffect(() => {
    if (disabled) letGo();
  }, [disabled]);
  return (
    <button
      type="button"
      class="button button-icon hold"
      aria-label={label}
      title={label}
      disabled={disabled}
      onPointerDown={(e) => {
        if (e.button !== 0) return;
        e.currentTarget.setPointerCapture(e.pointerId);
        hold(e.pointerId);
      }}
      // While a second button is down, too, that of the first one goes up is told as a movement.
      onPointerMove={(e) => e.pointerId === held.current && !isPressed(e) && letGo()}
      onPointerUp={letGo}
      onPointerCancel={letGo}
      onLostPointerCapture={letGo}
      onBlur={letGo}
      onKeyDown={(e) => {
        if (e.key === 'Enter' && !e.repeat) hold('key');
      }}
      onKeyUp={(e) => e.key === 'Enter' && letGo()}
      onContextMenu={(e) => e.preventDefault()}
    >
      {children}
    </button>
  );
}
