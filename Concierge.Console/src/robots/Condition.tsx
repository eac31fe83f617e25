import { Badge } from '../ui/Badge';
import { Text } from '../ui/Text';
import type { RobotModel } from './robotModel';
import { perSecond, span } from './text';

/** How the robot itself is: since when, over what link, and what of it is broken. */
export function Condition({ model }: { model: RobotModel }) {
  const status = model.status.value;
  const silence = model.silence.value;
  return (
    <section class="card condition" aria-labelledby="condition-title">
      <h2 id="condition-title">Condition</h2>
      <dl class="facts">
        <dt>Last heard</dt>
        <dd>{silence === null ? 'not yet' : silence < 2 ? 'now' : `${span(silence)} ago`}</dd>
        <dt>Messages</dt>
        <dd class="facts-number">{perSecond(model.rate.value)}</dd>
        {status !== null && (
          <>
            <dt>Running for</dt>
            <dd>{span(status.uptime)}</dd>
            <dt>Link lost</dt>
            <dd>
              {status.link.losses === 0 ? 'never' : status.link.losses === 1 ? 'once' : `${status.link.losses} times`}
            </dd>
          </>
        )}
      </dl>
      {status === null && model.generation.value === 'old' && (
        <p class="muted small">
          A robot of the older kind: it doesn’t say how it is, who drives it, or whether it did what it was told.
        </p>
      )}
      {status !== null && status.faults.length === 0 && <p class="muted small">No part of it has failed.</p>}
      {status !== null && status.faults.length > 0 && (
        <ul class="faults" aria-label="Faults">
          {status.faults.map((fault) => (
            <li key={fault.part}>
              <Badge tone={fault.working ? 'warn' : 'bad'}>{fault.working ? 'works again' : 'out of order'}</Badge>{' '}
              <strong>
                <Text max={32}>{fault.part}</Text>
              </strong>{' '}
              <Text max={300}>{fault.error}</Text>
              {fault.count > 1 && <span class="muted"> ({fault.count} times)</span>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
