import type { ConciergeClient } from '@concierge/client';
import { signal } from '@preact/signals';

const unread = signal(0);

export function chatOf(_: ConciergeClient) {
  return { unread };
}
