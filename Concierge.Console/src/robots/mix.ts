/** What a stick says: x to the right, y forward, each from −1 to 1. */
export interface StickPosition {
  readonly x: number;
  readonly y: number;
}

/** What the two sides of a robot shall do, from −100 (full speed backward) to 100: `m1` is the left one. */
export interface SideSpeeds {
  readonly m1: number;
  readonly m2: number;
}

/** Below this a stick counts as centred: thumbs are not steady, and a robot that creeps is a surprise. */
export const deadZone = 0.08;

/**
 * Mixes a stick's position into the speeds of a differential drive. Forward is both sides alike, to the side turns in
 * place, and in between the inner side slows down. The stick further out never makes either side slower, and there is no jump at
 * the dead zone's edge.
 * @param limit The greatest speed of a side, 0 to 100.
 */
export function mix({ x, y }: StickPosition, limit = 100): SideSpeeds {
  const way = Math.hypot(x, y);
  if (!(way > deadZone) || !Number.isFinite(way)) return { m1: 0, m2: 0 };
  const reach = (Math.min(1, way) - deadZone) / (1 - deadZone);
  // A diagonal asks one side for more than there is: both give way alike, so that the bend stays the same at any speed.
  const speed = (reach * clamp(limit, 0, 100)) / (Math.abs(x) + Math.abs(y));
  return { m1: round((y + x) * speed), m2: round((y - x) * speed) };
}

function clamp(value: number, least: number, most: number): number {
  return Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : least;
}

/** Whole per cent, without the zero that has a sign. */
function round(value: number): number {
  return Math.round(value) || 0;
}
