import type { ConciergeClient } from '@concierge/client';
import { Empty } from '../ui/Empty';

export function ClusterPage(_: { client: ConciergeClient }) {
  return <Empty icon="cluster" title="Cluster" />;
}
