import { useComputed, useSignal } from '@preact/signals';
import type { ConciergeClient } from '@concierge/client';
import { useMemo } from 'preact/hooks';
import { hrefOf } from '../app/routes';
import { linked } from '../session/session';
import { Icon } from '../ui/Icon';
import { Text } from '../ui/Text';
import { ask, type Outcome } from './controls';
import type { Watched } from './fleet';
import { StateBadges } from './RobotHead';
import type { RobotModel } from './robotModel';
import { temperatureScale } from './temperature';
import { decimal, perSecond, span } from './text';
import { useWatched } from './useWatched';

interface RobotRowProps {
  client: ConciergeClient;
  service: string;
  nickname: string | null;
  isWatched: boolean;
}

/** A robot in the list: what it is called leads to its page. */
export function RobotRow({ client, service, nickname, isWatched }: RobotRowProps) {
  const id = service.slice(service.indexOf('/') + 1);
  return (
    <li class="robot-row">
      <a class="robot-name" href={hrefOf({ page: 'robots', service })}>
        <strong class="cut">
          <Text max={80}>{nickname ?? id}</Text>
        </strong>
        <span class="muted small cut">
          <Text max={80}>{service}</Text>
        </span>
      </a>
      {isWatched ? (
        <Watching client={client} service={service} />
      ) : (
        <span class="muted small">Open it to watch it</span>
      )}
    </li>
  );
}

function Watching({ client, service }: { client: ConciergeClient; service: string }) {
  const watched = useWatched(client, service);
  return watched && <Telemetry watched={watched} name={service} />;
}

/**
 * Rendered once: the numbers are signals, and only their text nodes change, when what they say does. Rows cost next to
 * nothing then, however much their robots say.
 */
function Telemetry({ watched, name }: { watched: Watched; name: string }) {
  const { model } = watched;
  const { attitude, climate, link } = useTexts(model);
  return (
    <>
      <StateBadges model={model} />
      <span class="robot-numbers muted small" title="Pitch and roll; temperature and pressure">
        <span class="number">{attitude}</span>
        <span class="number">{climate}</span>
      </span>
      <span
        class="robot-link muted small number"
        title="Messages a second; losses of its link; round trip of the last command"
      >
        {link}
      </span>
      {model.kind === 'robot' ? <RowStop watched={watched} name={name} /> : <span />}
    </>
  );
}

function useTexts(model: RobotModel) {
  const scale = useMemo(() => temperatureScale(model), [model]);
  const attitude = useComputed(() => {
    const lies = model.orientation.value;
    return lies ? `${decimal(lies.pitch, 0)}° / ${decimal(lies.roll, 0)}°` : '';
  });
  const climate = useComputed(() => {
    const air = model.climate.value;
    if (air === null || scale.value === null) return '';
    return `${decimal(air.temperature * scale.value)} °C · ${decimal(air.pressure / 100, 0)} hPa`;
  });
  const link = useComputed(() => {
    const losses = model.status.value?.link.losses ?? 0;
    const silence = model.silence.value ?? 0;
    const rate = silence >= 2 ? `${span(silence)} ago` : perSecond(model.rate.value);
    const roundTrip = model.roundTrip.value;
    return [rate, losses > 0 && `${losses} lost`, roundTrip !== null && `${roundTrip} ms`].filter(Boolean).join(' · ');
  });
  return { attitude, climate, link };
}

/** Stops at once, without asking: who stops a robot by mistake has only to release it. */
function RowStop({ watched, name }: { watched: Watched; name: string }) {
  const outcome = useSignal<Outcome | null>(null);
  const stop = () => {
    const robot = watched.robot.value;
    if (robot !== null)
      void ask(
        () => robot.stop(),
        (it) => (outcome.value = it),
      );
  };
  return (
    <div class="row-stop">
      <button
        type="button"
        class="button button-danger"
        disabled={!linked.value || watched.model.presence.value !== 'there'}
        onClick={stop}
        aria-label={`Stop ${name}`}
      >
        <Icon name="stop" />
        Stop
      </button>
      <span class="small" role="status">
        {outcome.value && told(outcome.value)}
      </span>
    </div>
  );
}

/** What its state doesn't say: a stop that worked shows there. */
function told(outcome: Outcome): string {
  switch (outcome.phase) {
    case 'sending':
      return 'Stopping…';
    case 'done':
      return '';
    case 'sent':
      return 'Sent';
    case 'failed':
      return `Not stopped: ${outcome.error ?? ''}`;
  }
}
