import { signal, useComputed, useSignalEffect } from '@preact/signals';
import { useCallback, useEffect, useMemo, useRef } from 'preact/hooks';
import type { Controls } from './controls';
import { mix, type StickPosition } from './mix';
import { centred, fromPointer, isPressed, reach } from './stick';
import { useDrivingKeys } from './useKeys';

type Hand = 'stick' | 'keys';

/** The pad that is driven by: with a mouse, a finger or a pen on it, or with the arrow keys or WASD anywhere on the page. */
export function Joystick({ controls }: { controls: Controls }) {
  const pad = useRef<HTMLDivElement>(null);
  const pointer = useRef<number | null>(null);
  // Where each hand has it: what one lets go of the other may still hold. The last one to begin counts, as in Driving.
  const positions = useMemo(() => signal<ReadonlyMap<Hand, StickPosition>>(new Map()), []);
  const { driving, limit, obstacle } = controls;

  const move = useCallback(
    (hand: Hand, to: StickPosition | null) => {
      const others = [...positions.peek()].filter(([it]) => it !== hand);
      positions.value = to === null ? new Map(others) : new Map(positions.peek()).set(hand, to);
      if (to === null) driving.letGo(hand);
      else driving.hold(hand, controls.sides(mix(to, limit.peek())));
    },
    [controls],
  );
  const moveByKeys = useCallback((to: StickPosition | null) => move('keys', to), [move]);
  // Whoever moves the limit while driving means this drive.
  useSignalEffect(() => {
    const top = limit.value;
    for (const [hand, at] of positions.peek()) driving.change(hand, controls.sides(mix(at, top)));
  });
  const mayDrive = useCallback(() => obstacle.peek() === null, [obstacle]);
  useDrivingKeys(moveByKeys, mayDrive);

  const follow = (e: PointerEvent) => {
    const box = pad.current?.getBoundingClientRect();
    if (box === undefined || pointer.current !== e.pointerId) return;
    // While a second button is down, too, that of the first one goes up is told as a movement.
    if (!isPressed(e)) return letGo(e);
    const [right, down] = [e.clientX - box.left - box.width / 2, e.clientY - box.top - box.height / 2];
    move('stick', fromPointer(right, down, (box.width / 2) * reach));
  };
  const letGo = (e?: PointerEvent) => {
    if (pointer.current === null || (e !== undefined && e.pointerId !== pointer.current)) return;
    pointer.current = null;
    move('stick', null);
  };
  useEffect(() => () => letGo(), []);

  // The knob is where driving is: what was halted shows a stick that is let go of, though a finger is still on it.
  const shown = useComputed(() =>
    driving.held.value === null ? centred : ([...positions.value.values()].at(-1) ?? centred),
  );
  const knob = useComputed(() => `translate(${shown.value.x * reach * 50}cqw, ${-shown.value.y * reach * 50}cqw)`);
  return (
    <div
      ref={pad}
      class="pad"
      role="application"
      aria-roledescription="joystick"
      aria-label="Joystick"
      aria-describedby="pad-hint"
      aria-disabled={obstacle.value !== null}
      data-held={driving.held.value !== null}
      tabIndex={0}
      onPointerDown={(e) => {
        if (e.button !== 0 || pointer.current !== null) return;
        e.preventDefault();
        pad.current?.focus({ preventScroll: true });
        pad.current?.setPointerCapture(e.pointerId);
        pointer.current = e.pointerId;
        follow(e);
      }}
      onPointerMove={follow}
      onPointerUp={letGo}
      onPointerCancel={letGo}
      onLostPointerCapture={letGo}
      onContextMenu={(e) => e.preventDefault()}
    >
      <i class="pad-arrow pad-forward" />
      <i class="pad-arrow pad-backward" />
      <i class="pad-arrow pad-left" />
      <i class="pad-arrow pad-right" />
      <div class="pad-knob" style={{ transform: knob.value }} />
    </div>
  );
}
