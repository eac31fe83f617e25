import type { Controls } from './controls';
import { isLate } from './driving';
import { Joystick } from './Joystick';

/** The joystick, how fast it drives at most, and how quickly the robot answers. */
export function DriveCard({ controls }: { controls: Controls }) {
  const { limit } = controls;
  return (
    <section class="card drive" aria-labelledby="drive-title">
      <div class="panel-head">
        <h2 id="drive-title">Drive</h2>
        <RoundTripTime controls={controls} />
      </div>
      <Joystick controls={controls} />
      <p id="pad-hint" class="muted small drive-hint">
        Drag the stick, or hold <kbd>↑</kbd> <kbd>←</kbd> <kbd>↓</kbd> <kbd>→</kbd> or <kbd>W</kbd> <kbd>A</kbd>{' '}
        <kbd>S</kbd> <kbd>D</kbd>. Let go to stop.
      </p>
      <label class="limit">
        <span>Speed limit</span>
        <input
          type="range"
          min={5}
          max={100}
          step={5}
          value={limit.value}
          onInput={(e) => (limit.value = e.currentTarget.valueAsNumber)}
          style={{ '--at': `${(limit.value - 5) / 0.95}%` }}
          aria-valuetext={`${limit.value} per cent`}
        />
        <output class="number">{limit.value} %</output>
      </label>
    </section>
  );
}

/** How long a command takes to the robot and back: red, and said, when it takes too long. */
function RoundTripTime({ controls }: { controls: Controls }) {
  const roundTrip = controls.driving.roundTrip.value;
  if (roundTrip === null) return <span class="muted small">Round trip –</span>;
  const late = isLate(roundTrip);
  const from =
    roundTrip.from === 'robot' ? 'To the robot and back' : 'To the concierge and back: this robot doesn’t answer';
  return (
    <span class={late ? 'badge badge-bad' : 'badge'} title={from} data-round-trip={roundTrip.ms}>
      {roundTrip.isAnswered ? `${roundTrip.ms} ms` : `no answer for ${roundTrip.ms} ms`}
      {roundTrip.from === 'concierge' && ' to the concierge'}
      {late && ' · late'}
    </span>
  );
}
