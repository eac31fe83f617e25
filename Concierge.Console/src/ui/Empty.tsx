import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './Icon';

/** Where there is nothing: what would be here, and (as children) what to do next. */
export function Empty(props: {
  icon?: IconName;
  title: string;
  children?: ComponentChildren;
  actions?: ComponentChildren;
}) {
  return (
    <div class="empty">
      {props.icon && <Icon name={props.icon} />}
      <h3>{props.title}</h3>
      {props.children && <p>{props.children}</p>}
      {props.actions && <div class="row">{props.actions}</div>}
    </div>
  );
}
