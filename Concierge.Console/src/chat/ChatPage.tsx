import type { ConciergeClient } from '@concierge/client';
import { Empty } from '../ui/Empty';

export function ChatPage(_: { client: ConciergeClient }) {
  return <Empty icon="chat" title="Chat" />;
}
