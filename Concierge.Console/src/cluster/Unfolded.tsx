import { useState } from 'preact/hooks';
import { Text } from '../ui/Text';
import { page } from './rows';
import { number } from './words';

/** A line of a cell that unfolds into names: asked for, and drawn, only when somebody looks. */
export function Unfolded({ label, names }: { label: string; names: () => Promise<readonly string[]> }) {
  const [list, setList] = useState<readonly string[] | 'unknown' | null>(null);
  return (
    <details
      onToggle={(e) => {
        if (!e.currentTarget.open) return setList(null);
        names().then(setList, () => setList('unknown'));
      }}
    >
      <summary aria-label={label}>Show</summary>
      {list === 'unknown' && (
        <p class="muted">There is no answer: it may have left. Fold and unfold this to ask again.</p>
      )}
      {Array.isArray(list) && (
        <ul class="cluster-names">
          {list.length === 0 && <li class="muted">None</li>}
          {list.slice(0, page).map((name) => (
            <li key={name}>
              <Text>{name}</Text>
            </li>
          ))}
          {list.length > page && <li class="muted">and {number(list.length - page)} more</li>}
        </ul>
      )}
    </details>
  );
}
