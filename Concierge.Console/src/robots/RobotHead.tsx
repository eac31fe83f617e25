import { useComputed } from '@preact/signals';
import type { ConciergeClient } from '@concierge/client';
import { hrefOf } from '../app/routes';
import { directoryOf } from '../directory/directory';
import { linked, self } from '../session/session';
import { Icon } from '../ui/Icon';
import { Text } from '../ui/Text';
import type { RobotModel } from './robotModel';
import { driverOf, faultsOf, stateOf } from './state';

/** What it is called, and how it is in a few words. */
export function RobotHead({ client, model }: { client: ConciergeClient; model: RobotModel }) {
  const { services } = directoryOf(client);
  const name = services.value.get(model.service)?.nickname ?? model.id;
  return (
    <header class="page-head robot-head">
      <div class="row row-fixed fill">
        <a
          class="button button-quiet button-icon"
          href={hrefOf({ page: 'robots', service: null })}
          aria-label="All robots"
          title="All robots"
        >
          <Icon name="back" />
        </a>
        <h1 class="cut">
          <Text max={80}>{name}</Text>{' '}
          {name !== model.id && (
            <span class="muted small">
              <Text max={60}>{model.id}</Text>
            </span>
          )}
        </h1>
      </div>
      <StateBadges model={model} />
    </header>
  );
}

/** State, driver and faults, each a word. Reads the robot's signals, and nothing else is rendered with it when they change. */
export function StateBadges({ model }: { model: RobotModel }) {
  const text = useComputed(() => stateOf(model, linked.value).text);
  const tone = useComputed(() => stateOf(model, linked.value).tone);
  const driver = useComputed(() => driverOf(model, self.value?.uuid ?? ''));
  const faults = useComputed(() => faultsOf(model));
  return (
    <div class="row robot-badges">
      <span class={tone.value === 'none' ? 'badge' : `badge badge-${tone.value}`} data-robot-state>
        {text.value}
      </span>
      {driver.value !== '' && (
        <span class={driver.value === 'You drive' ? 'badge badge-accent' : 'badge'} data-robot-driver>
          {driver.value}
        </span>
      )}
      {model.kind === 'ros' && <span class="badge">ROS device</span>}
      {model.generation.value === 'old' && <span class="badge">older kind</span>}
      {faults.value > 0 && (
        <span class="badge badge-bad">
          {faults.value} {faults.value === 1 ? 'fault' : 'faults'}
        </span>
      )}
    </div>
  );
}
