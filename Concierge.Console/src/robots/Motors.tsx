import { Icon } from '../ui/Icon';
import { Text } from '../ui/Text';
import type { Controls } from './controls';
import { HoldButton } from './HoldButton';
import type { RobotModel } from './robotModel';

/** What each motor does, and buttons that turn one alone while they are held. */
export function Motors({ model, controls }: { model: RobotModel; controls: Controls }) {
  const states = model.motors.value;
  const isTold = states.size > 0;
  const held = controls.driving.held.value;
  const names = isTold ? [...states.keys()] : ['m1', 'm2'];
  const speed = (name: string) => {
    const state = states.get(name);
    if (state === undefined) return model.generation.value === 'old' ? (held?.[name] ?? 0) : null;
    return state.dir === 'CCW' ? -state.spd : state.spd;
  };
  return (
    <section class="card motors" aria-labelledby="motors-title">
      <h2 id="motors-title">Motors</h2>
      {names.map((name) => (
        <Motor key={name} name={name} speed={speed(name)} controls={controls} />
      ))}
      <p class="muted small">
        {isTold || model.generation.value !== 'old'
          ? 'As the robot reports. The buttons turn one motor, up to the speed limit, while they are held.'
          : 'As told by this page: an old robot doesn’t report its motors. The buttons turn one motor, up to the speed limit, while they are held.'}
      </p>
    </section>
  );
}

const called: ReadonlyMap<string, string> = new Map([
  ['m1', 'Left'],
  ['m2', 'Right'],
]);

function Motor({ name, speed, controls }: { name: string; speed: number | null; controls: Controls }) {
  const { driving, limit, obstacle } = controls;
  const source = `motor ${name}`;
  const turn = (sign: 1 | -1) => () => driving.hold(source, { [name]: sign * limit.peek() });
  const letGo = () => driving.letGo(source);
  const title = called.get(name) ?? name;
  const disabled = obstacle.value !== null;
  return (
    <div class="motor">
      <span class="motor-name">
        <Text max={16}>{title}</Text>
      </span>
      <HoldButton label={`${title} motor backward, while held`} disabled={disabled} onHold={turn(-1)} onLetGo={letGo}>
        <Icon name="down" />
      </HoldButton>
      <div class="motor-bar" aria-hidden="true">
        <i class="motor-fill" style={{ transform: `scaleX(${Math.max(-1, Math.min(1, (speed ?? 0) / 100))})` }} />
      </div>
      <HoldButton label={`${title} motor forward, while held`} disabled={disabled} onHold={turn(1)} onLetGo={letGo}>
        <Icon name="up" />
      </HoldButton>
      <output class="number motor-speed" data-motor={name}>
        {speed === null ? '–' : speed === 0 ? '0' : `${speed > 0 ? '▲' : '▼'} ${Math.abs(speed)}`}
      </output>
    </div>
  );
}
