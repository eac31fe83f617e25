import type { ConciergeClient } from '@concierge/client';
import { Empty } from '../ui/Empty';

export function RobotPage(props: { client: ConciergeClient; service: string }) {
  return <Empty icon="robot" title={props.service} />;
}
