import { useComputed } from '@preact/signals';
import type { ConciergeClient, ServiceInfo } from '@concierge/client';
import { directoryOf } from '../directory/directory';
import { Empty } from '../ui/Empty';
import { RobotRow } from './RobotRow';
import './robots.css';

/** How many are watched at once. Beyond, they are listed by name. */
const most = 200;

/** All robots of every dialect, and what each is doing. */
export function RobotsPage({ client }: { client: ConciergeClient }) {
  const { services } = directoryOf(client);
  const robots = useComputed(() => [...services.value.values()].filter(isRobot).sort(byName)).value;
  return (
    <div class="page-body">
      <header class="page-head">
        <h1>Robots</h1>
        {robots.length > 0 && (
          <span class="muted">{robots.length === 1 ? '1 is here' : `${robots.length} are here`}</span>
        )}
      </header>
      {robots.length === 0 ? (
        <Empty icon="robot" title="No robot is here">
          One that connects appears at once. To try it without hardware, start a simulated one beside the concierge:{' '}
          <code>dotnet run --project Concierge.Robot</code>
        </Empty>
      ) : (
        <ul class="robot-list">
          {robots.map((robot, i) => (
            <RobotRow
              key={robot.name}
              client={client}
              service={robot.name}
              nickname={robot.nickname}
              isWatched={i < most}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

function isRobot({ name }: ServiceInfo): boolean {
  return /^(robot|ros)\/./.test(name);
}

function byName(a: ServiceInfo, b: ServiceInfo): number {
  return collator.compare(a.name, b.name);
}

/** robot/2 stands before robot/10. */
const collator = new Intl.Collator(undefined, { numeric: true });
