import type { ButtonHTMLAttributes, ComponentChildren } from 'preact';
import { Icon, type IconName } from './Icon';

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'icon' | 'label' | 'class'> {
  /** What it is: `primary` is the one thing to do here, `danger` what can't be taken back, `quiet` has no frame. */
  look?: 'plain' | 'primary' | 'danger' | 'quiet';
  icon?: IconName;
  /** What a button without a word is called, for screen readers and as its tooltip. */
  label?: string;
  class?: string;
  children?: ComponentChildren;
}

/** A button. With a `label` instead of a word it is a square with its icon. */
export function Button({ look = 'plain', icon, label, class: extra, children, type, ...rest }: ButtonProps) {
  const classes = ['button', look !== 'plain' && `button-${look}`, label !== undefined && 'button-icon', extra];
  return (
    <button
      {...rest}
      type={type ?? 'button'}
      class={classes.filter(Boolean).join(' ')}
      {...(label !== undefined && { 'aria-label': label, title: label })}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}
