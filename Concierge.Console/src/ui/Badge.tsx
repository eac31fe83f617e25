import type { ComponentChildren } from 'preact';

/** A word that marks something; its colour only underlines it. */
export function Badge(props: { tone?: 'accent' | 'ok' | 'warn' | 'bad'; title?: string; children: ComponentChildren }) {
  return (
    <span class={props.tone ? `badge badge-${props.tone}` : 'badge'} title={props.title}>
      {props.children}
    </span>
  );
}

/** How many are new: the number for the eye, the number and what it counts (`of`, for example "new messages") for screen readers. Nothing at 0. */
export function Count({ of, value }: { of: string; value: number }) {
  if (value === 0) return null;
  return (
    <span class="badge badge-count">
      <span aria-hidden="true">{value > 99 ? '99+' : value}</span>
      <span class="unseen">
        {value} {of}
      </span>
    </span>
  );
}
