import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { Text } from '../ui/Text';
import type { Command } from './commands';
import { type NodeFigures, total } from './figures';
import type { RateHistory } from './rates';
import { bytes, duration, number, rate } from './words';

interface NodesProps {
  nodes: readonly NodeFigures[];
  history: RateHistory;
  ask: ((command: Command) => void) | null;
}

const figures: readonly (readonly [string, (node: NodeFigures) => number | null, (value: number | null) => string])[] =
  [
    ['Clients', (node) => node.clients, number],
    ['Connections', (node) => node.connections, number],
    ['Services', (node) => node.services, number],
    ['Received', (node) => node.bytesReceived, bytes],
    ['Sent', (node) => node.bytesSent, bytes],
    ['Waiting', (node) => node.outboxBytes, bytes],
  ];

/** The nodes of the cluster, a row each, and what they do together. */
export function Nodes({ nodes, history, ask }: NodesProps) {
  return (
    <section class="stack stack-close" aria-labelledby="cluster-nodes">
      <h2 id="cluster-nodes">
        Nodes <span class="muted number">{nodes.length}</span>
      </h2>
      <div class="table-frame" role="region" aria-labelledby="cluster-nodes" tabIndex={0}>
        <table class="table cluster-table">
          <thead>
            <tr>
              <th scope="col">Node</th>
              <th scope="col">Status</th>
              <th scope="col" class="number">
                Up for
              </th>
              <th scope="col" class="number">
                In/s
              </th>
              <th scope="col" class="number">
                Out/s
              </th>
              {figures.map(([title]) => (
                <th key={title} scope="col" class="number">
                  {title}
                </th>
              ))}
              {ask && <th scope="col">Operator</th>}
            </tr>
          </thead>
          <tbody>
            {nodes.map((node) => (
              <tr key={node.id}>
                <th scope="row">
                  <NodeName of={node} /> {node.self && <Badge tone="accent">this page’s</Badge>}
                  {node.roles.length > 0 && (
                    <div class="muted small">
                      <Text>{node.roles.join(', ')}</Text>
                    </div>
                  )}
                </th>
                <td>
                  <Status of={node} />
                </td>
                <td class="number">{duration(node.uptime)}</td>
                <td class="number">{rate(history.current(node.id)?.received)}</td>
                <td class="number">{rate(history.current(node.id)?.sent)}</td>
                {figures.map(([title, of, words]) => (
                  <td key={title} class="number">
                    {words(of(node))}
                  </td>
                ))}
                {ask && (
                  <td>
                    <Button
                      aria-label={`Drain ${titleOf(node)}`}
                      onClick={() => ask({ kind: 'drain', id: node.id, node: titleOf(node) })}
                    >
                      Drain…
                    </Button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
          {nodes.length > 1 && (
            <tfoot>
              <tr>
                <th scope="row">All</th>
                <td />
                <td />
                <td class="number">{rate(total(nodes, (node) => history.current(node.id)?.received ?? null))}</td>
                <td class="number">{rate(total(nodes, (node) => history.current(node.id)?.sent ?? null))}</td>
                {figures.map(([title, of, words]) => (
                  <td key={title} class="number">
                    {words(total(nodes, of))}
                  </td>
                ))}
                {ask && <td />}
              </tr>
            </tfoot>
          )}
        </table>
      </div>
    </section>
  );
}

/** What a node is called, and which of those that are called so. */
export function NodeName({ of: { id, name } }: { of: Pick<NodeFigures, 'id' | 'name'> }) {
  return (
    <>
      {name !== null && <Text>{name}</Text>}{' '}
      <span class="muted small">
        <Text>{id}</Text>
      </span>
    </>
  );
}

/** The same in words. */
export function titleOf({ id, name }: Pick<NodeFigures, 'id' | 'name'>): string {
  return name === null ? id : `${name} (${id})`;
}

function Status({ of: { status, uptime } }: { of: NodeFigures }) {
  // Membership alone says that a node is up until it is given up; that it doesn't answer is noticed before.
  if (status === 'up' && uptime === null) return <Badge tone="warn">does not answer</Badge>;
  return (
    <Badge tone={status === 'up' ? 'ok' : status === 'unreachable' || status === 'down' ? 'bad' : 'warn'}>
      <Text max={24}>{status || 'unknown'}</Text>
    </Badge>
  );
}
