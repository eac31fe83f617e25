import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { Button } from '../ui/Button';
import { page, pick } from './rows';
import { number } from './words';

export interface Column<T> {
  readonly title: string;
  readonly cell: (row: T) => ComponentChildren;
  readonly isNumber?: boolean;
}

interface ListingProps<T> {
  title: string;
  rows: readonly T[];
  columns: readonly Column<T>[];
  keyOf: (row: T) => string;
  /** What a filter looks at; the first is what rows are in the order of. */
  texts: (row: T) => readonly string[];
  /** Said where there are none at all. */
  empty: string;
}

/** A table of what may be thousands: filtered, in order, and shown 200 at a time. */
export function Listing<T>({ title, rows, columns, keyOf, texts, empty }: ListingProps<T>) {
  const [filter, setFilter] = useState('');
  const [limit, setLimit] = useState(page);
  const heading = useId();
  const { shown, matching, all } = pick(rows, filter, texts, limit);
  return (
    <section class="stack stack-close" aria-labelledby={heading}>
      <div class="page-head">
        <h2 id={heading}>
          {title} <span class="muted number">{number(all)}</span>
        </h2>
        {all > 0 && (
          <input
            class="input cluster-filter"
            type="search"
            placeholder="Filter"
            aria-label={`Filter ${title.toLowerCase()}`}
            value={filter}
            onInput={(e) => {
              setFilter(e.currentTarget.value);
              setLimit(page);
            }}
          />
        )}
      </div>
      {matching === 0 ? (
        <p class="muted">{all === 0 ? empty : 'None matches the filter. Clear it to see all.'}</p>
      ) : (
        <div class="table-frame" role="region" aria-labelledby={heading} tabIndex={0}>
          <table class="table cluster-table">
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column.title} scope="col" class={column.isNumber ? 'number' : undefined}>
                    {column.title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => (
                <tr key={keyOf(row)}>
                  {columns.map((column) => (
                    <td key={column.title} class={column.isNumber ? 'number' : undefined}>
                      {column.cell(row)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div class="row" aria-live="polite">
        {matching > shown.length && (
          <>
            <span class="muted">
              {number(shown.length)} of {number(matching)} shown
            </span>
            <Button onClick={() => setLimit(limit + page)}>
              Show {number(Math.min(page, matching - shown.length))} more
            </Button>
          </>
        )}
        {filter !== '' && matching > 0 && matching <= shown.length && (
          <span class="muted">{number(matching)} match</span>
        )}
      </div>
    </section>
  );
}
