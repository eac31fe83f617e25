import type { ConciergeClient } from '@concierge/client';
import { Empty } from '../ui/Empty';

export function RobotsPage(_: { client: ConciergeClient }) {
  return <Empty icon="robot" title="Robots" />;
}
