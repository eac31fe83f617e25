import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './Icon';

type Tone = 'info' | 'ok' | 'warn' | 'bad';

const icons: Record<Tone, IconName> = { info: 'info', ok: 'check', warn: 'alert', bad: 'alert' };

/** What one should know now, and what to do about it (`action`). Said to screen readers: `bad` at once, all else when they pause. */
export function Banner(props: {
  tone?: Tone;
  icon?: IconName;
  children: ComponentChildren;
  action?: ComponentChildren;
}) {
  const tone = props.tone ?? 'info';
  return (
    <div class={`banner banner-${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon name={props.icon ?? icons[tone]} />
      <div class="fill">{props.children}</div>
      {props.action}
    </div>
  );
}
