/** A timer that does not keep a Node.js process from ending. @returns Ends it. */
export function after(ms: number, act: () => void): () => void {
  const timer: unknown = setTimeout(act, ms);
  // Node.js gives an object, a browser a number.
  (timer as { unref?: () => void }).unref?.();
  return () => clearTimeout(timer as number);
}
