// The page of who looks after the concierge: how its nodes do, who is connected, and the operator's commands.
import type { ConciergeClient } from '@concierge/client';
import { useEffect, useMemo } from 'preact/hooks';
import { directoryOf } from '../directory/directory';
import { Banner } from '../ui/Banner';
import { Button } from '../ui/Button';
import { Empty } from '../ui/Empty';
import { Text } from '../ui/Text';
import './cluster.css';
import type { Command } from './commands';
import { Desk } from './desk';
import type { ClusterFigures } from './figures';
import { Listings } from './Listings';
import { NodeName, Nodes } from './Nodes';
import { OperatorDialog } from './OperatorDialog';
import { colours, dashOf, RatePlot } from './RatePlot';
import type { RateHistory } from './rates';
import { rate } from './words';
import { ClusterWatch } from './watch';

interface Cluster {
  readonly watch: ClusterWatch;
  readonly desk: Desk;
}

// What was seen, and the operator's secret, last as long as the person is signed in: other pages may be looked at in between.
const clusters = new WeakMap<ConciergeClient, Cluster>();

function clusterOf(client: ConciergeClient): Cluster {
  let cluster = clusters.get(client);
  if (!cluster) {
    cluster = { watch: new ClusterWatch(), desk: new Desk(client, directoryOf(client)) };
    clusters.set(client, cluster);
  }
  return cluster;
}

export function ClusterPage({ client }: { client: ConciergeClient }) {
  const { watch, desk } = clusterOf(client);
  const directory = directoryOf(client);
  useEffect(() => whileVisible(watch), [watch]);
  useEffect(() => directory.watchRooms(), [directory]);

  const figures = watch.figures.value;
  const problem = watch.problem.value;
  const nodes = figures?.nodes ?? [];
  const ask = figures?.admin ? (command: Command) => void desk.ask(command, nodes) : null;
  return (
    <div class="page-body cluster">
      <div class="page-head">
        <h1>Cluster</h1>
        {figures && (
          <p class="muted">
            Concierge <Text>{figures.version}</Text>, protocol <Text>{figures.protocol}</Text>
          </p>
        )}
      </div>
      {problem !== null && <Banner tone="warn">{problem}</Banner>}
      {figures?.ready === false && (
        <Banner tone="warn">
          The node lets no newcomers in at the moment: it is starting, draining, or sees no majority of the nodes.
        </Banner>
      )}
      {figures ? (
        <>
          <Nodes nodes={nodes} history={watch.history} ask={ask} />
          <Rates figures={figures} history={watch.history} />
        </>
      ) : (
        problem === null && <Empty icon="cluster" title="Asking the node…" />
      )}
      {figures && <Orders desk={desk} ask={ask} />}
      <Listings client={client} directory={directory} ask={ask} />
      {desk.asked.value && <OperatorDialog desk={desk} asked={desk.asked.value} />}
    </div>
  );
}

function Rates({ figures, history }: { figures: ClusterFigures; history: RateHistory }) {
  // Each answer brings new figures, and one more point.
  const series = useMemo(() => history.series(), [figures]);
  return (
    <section class="stack stack-close" aria-labelledby="cluster-rates">
      <h2 id="cluster-rates">Messages a second</h2>
      <div class="cluster-plots">
        <RatePlot title="Received from clients" series={series} of={(it) => it.received} />
        <RatePlot title="Sent to clients" series={series} of={(it) => it.sent} />
      </div>
      <ul class="row cluster-legend">
        {series.lines.map((node, index) => (
          <li key={node.id} class="row row-fixed">
            <svg
              class={`cluster-line cluster-line-${(index % colours) + 1}`}
              viewBox="0 0 32 4"
              width="32"
              height="4"
              aria-hidden="true"
            >
              <path d="M0 2h32" stroke-width="2" stroke-dasharray={dashOf(index).join(' ')} />
            </svg>
            <NodeName of={node} />
            <span class="muted small">
              {rate(history.current(node.id)?.received)} in, {rate(history.current(node.id)?.sent)} out
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Orders({ desk, ask }: { desk: Desk; ask: ((command: Command) => void) | null }) {
  return (
    <section class="stack stack-close" aria-labelledby="cluster-operator">
      <h2 id="cluster-operator">Operator</h2>
      {ask ? (
        <>
          <p class="muted">
            Commands take the admin secret, and ask before they do anything. More of them are beside each node, client
            and room.
          </p>
          <div class="row">
            <Button icon="megaphone" onClick={() => ask({ kind: 'broadcast', text: '' })}>
              Message everybody…
            </Button>
            <Button onClick={() => ask({ kind: 'reset' })}>Disconnect everybody…</Button>
            {desk.operator.unlocked.value && (
              <Button look="quiet" onClick={() => desk.operator.lock()}>
                Forget the secret
              </Button>
            )}
          </div>
        </>
      ) : (
        <p class="muted">
          The node has no admin secret, so nobody can steer it from a browser. Set <code>concierge.admin.secret</code>{' '}
          in its configuration and start it again; then messages to everybody, disconnecting and draining are here.
        </p>
      )}
    </section>
  );
}

/** Has the node asked while the page is to be seen, until the function that it gives is called. */
function whileVisible(watch: ClusterWatch): () => void {
  const update = () => {
    if (document.hidden) watch.stop();
    else watch.start();
  };
  update();
  document.addEventListener('visibilitychange', update);
  return () => {
    document.removeEventListener('visibilitychange', update);
    watch.stop();
  };
}
