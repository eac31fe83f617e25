import type { Controls, SwitchState } from './controls';

/** LED and buzzer. */
export function Switches({ controls }: { controls: Controls }) {
  return (
    <section class="card switches" aria-labelledby="switches-title">
      <h2 id="switches-title">Switches</h2>
      <Switch
        label="LED"
        state={controls.led.value}
        disabled={controls.obstacle.value !== null}
        onSwitch={(on) => controls.switchLed(on)}
      />
      <Switch
        label="Buzzer"
        state={controls.buzzer.value}
        disabled={controls.obstacle.value !== null}
        onSwitch={(on) => controls.switchBuzzer(on)}
      />
    </section>
  );
}

interface SwitchProps {
  label: string;
  state: SwitchState;
  disabled: boolean;
  onSwitch: (on: boolean) => void;
}

function Switch({ label, state, disabled, onSwitch }: SwitchProps) {
  return (
    <div class="switch-row">
      <button
        type="button"
        class="switch"
        role="switch"
        aria-checked={state.on}
        aria-label={label}
        disabled={disabled}
        onClick={() => onSwitch(!state.on)}
      >
        <i class="switch-track" />
        <span>{label}</span>
      </button>
      <span class={state.outcome?.phase === 'failed' ? 'small switch-failed' : 'small muted'} role="status">
        {said(state)}
      </span>
    </div>
  );
}

/** What is known: what was asked for, and whether the robot did it. */
function said({ on, outcome }: SwitchState): string {
  switch (outcome?.phase) {
    case undefined:
      return 'not switched by you yet';
    case 'sending':
      return `${on ? 'on' : 'off'}, asked for…`;
    case 'done':
      return `${on ? 'on' : 'off'}, confirmed`;
    case 'sent':
      return `${on ? 'on' : 'off'}, sent; this robot doesn’t confirm`;
    case 'failed':
      return outcome.error ?? 'failed';
  }
}
