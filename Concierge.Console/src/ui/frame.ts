/**
 * Runs `publish` once, soon, however often it is asked to: with the next frame, or after 250 ms where there are none, as
 * the tab is hidden. What comes in by the thousand is written to plain fields, and shown by this.
 */
export function onceAFrame(publish: () => void): () => void {
  let waiting = false;
  const run = () => {
    if (!waiting) return;
    waiting = false;
    publish();
  };
  return () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(run);
    setTimeout(run, 250);
  };
}
