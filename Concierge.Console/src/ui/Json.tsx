import { useState } from 'preact/hooks';
import { jsonLine } from './jsonText';
import { cut } from './Text';

const longest = 20_000;

/** Any JSON value: a line of it, and all of it (up to 20,000 characters) once unfolded. It is only printed when it is looked at: it may have a megabyte. */
export function Json({ value, label }: { value: unknown; label?: string }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="json" onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>
        <bdi class="cut">{label ?? jsonLine(value, 120)}</bdi>
      </summary>
      {open && <pre dir="ltr">{cut(JSON.stringify(value, null, 2) ?? '', longest)}</pre>}
    </details>
  );
}
