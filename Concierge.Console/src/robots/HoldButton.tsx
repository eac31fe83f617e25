import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface HoldButtonProps {
  label: string;
  disabled: boolean;
  onHold: () => void;
  onLetGo: () => void;
  children: ComponentChildren;
}

/** A button that acts as long as it is held down: with a pointer, or with Enter. */
export function HoldButton({ label, disabled, onHold, onLetGo, children }: HoldButtonProps) {
  const held = useRef(false);
  const hold = () => {
    if (held.current || disabled) return;
    held.current = true;
    onHold();
  };
  const letGo = () => {
    if (!held.current) return;
    held.current = false;
    onLetGo();
  };
  useEffect(() => letGo, []);
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
        hold();
      }}
      onPointerUp={letGo}
      onPointerCancel={letGo}
      onLostPointerCapture={letGo}
      onBlur={letGo}
      onKeyDown={(e) => {
        if (e.key === 'Enter' && !e.repeat) hold();
      }}
      onKeyUp={(e) => e.key === 'Enter' && letGo()}
      onContextMenu={(e) => e.preventDefault()}
    >
      {children}
    </button>
  );
}
