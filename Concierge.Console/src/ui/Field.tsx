import type { ComponentChildren, TargetedInputEvent } from 'preact';
import { useId } from 'preact/hooks';
import { Icon } from './Icon';

interface FieldProps {
  label: string;
  value: string;
  onValue: (value: string) => void;
  /** How it is filled in; gives way to an error. */
  hint?: ComponentChildren;
  /** What is wrong with it, and what to do. */
  error?: ComponentChildren;
  name?: string;
  /** Whether it is hidden while it is typed. */
  password?: boolean;
  placeholder?: string;
  autocomplete?: 'off' | 'username' | 'nickname' | 'current-password';
  autocapitalize?: 'none';
  spellcheck?: boolean;
  autofocus?: boolean;
  required?: boolean;
  disabled?: boolean;
}

/** A labelled line of input, with its hint or error below, tied to it for screen readers. */
export function Field({ label, value, onValue, hint, error, password = false, ...rest }: FieldProps) {
  const id = useId();
  const note = `${id}-note`;
  const input = {
    ...rest,
    id,
    class: 'input',
    value,
    'aria-invalid': error ? ('true' as const) : ('false' as const),
    'aria-describedby': note,
    onInput: (e: TargetedInputEvent<HTMLInputElement>) => onValue(e.currentTarget.value),
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {password ? <input {...input} type="password" /> : <input {...input} type="text" />}
      <div id={note} aria-live="polite">
        {error ? (
          <p class="field-error">
            <Icon name="alert" size={18} />
            <span>{error}</span>
          </p>
        ) : (
          hint && <p class="field-hint">{hint}</p>
        )}
      </div>
    </div>
  );
}
