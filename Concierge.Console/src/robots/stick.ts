import type { StickPosition } from './mix';

/** How far out the stick goes, of the pad's radius. */
export const reach = 0.62;

export const centred: StickPosition = { x: 0, y: 0 };

/**
 * Where the stick is when a pointer is so far from the pad's middle.
 * @param right, down How far, in px.
 * @param radius How far the stick goes, in px; further out it stays at its edge.
 */
export function fromPointer(right: number, down: number, radius: number): StickPosition {
  if (!(radius > 0) || !Number.isFinite(right) || !Number.isFinite(down)) return centred;
  const way = Math.max(radius, Math.hypot(right, down));
  return { x: right / way, y: down === 0 ? 0 : -down / way };
}

/** Whether it is the button that holds which is down: a finger, a pen, or the first of a mouse. */
export function isPressed({ buttons }: { readonly buttons: number }): boolean {
  return (buttons & 1) === 1;
}

type Direction = 'forward' | 'backward' | 'left' | 'right';

/** By where the keys are, not by what is printed on them: WASD is ZQSD on a French keyboard. */
const directions: ReadonlyMap<string, Direction> = new Map([
  ['ArrowUp', 'forward'],
  ['ArrowDown', 'backward'],
  ['ArrowLeft', 'left'],
  ['ArrowRight', 'right'],
  ['KeyW', 'forward'],
  ['KeyS', 'backward'],
  ['KeyA', 'left'],
  ['KeyD', 'right'],
]);

/** The keys that drive and are held down, by their `code`. */
export class DrivingKeys {
  readonly #held = new Set<string>();

  static has(code: string): boolean {
    return directions.has(code);
  }

  get any(): boolean {
    return this.#held.size > 0;
  }

  press(code: string): void {
    if (directions.has(code)) this.#held.add(code);
  }

  /** Returns whether it was held. */
  release(code: string): boolean {
    return this.#held.delete(code);
  }

  clear(): void {
    this.#held.clear();
  }

  /** A turn while driving is a bend: a key is all or nothing, and all would stop the inner side. */
  get position(): StickPosition {
    const pressed = new Set([...this.#held].map((code) => directions.get(code)));
    const along = (positive: Direction, negative: Direction) =>
      Number(pressed.has(positive)) - Number(pressed.has(negative));
    const y = along('forward', 'backward');
    return { x: along('right', 'left') * (y === 0 ? 1 : 0.4), y };
  }
}
