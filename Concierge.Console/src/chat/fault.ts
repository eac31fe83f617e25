import { ConnectionClosedError, RequestRefusedError, RequestTimeoutError } from '@concierge/client';
import type { ConversationId } from '../app/routes';

/** Why something could not be said, or joined, and what to do about it. */
export function faultOf(error: unknown, { kind, name }: ConversationId): string {
  if (error instanceof RequestRefusedError) {
    switch (error.kind) {
      case 'INVALID_NAME':
      case 'INVALID_UUID':
        return `${name} isn’t here at present. Try again when they are back.`;
      case 'INVALID_SERVICE':
        return `There is no service ${name} at present. It is joined again by itself when it comes.`;
      case 'INVALID_ROOM':
      case 'BAD':
        return kind === 'room'
          ? 'You aren’t in this room any more. Leave it, and join it again.'
          : 'You aren’t subscribed to this service any more. Leave it, and join it again.';
    }
  }
  if (error instanceof ConnectionClosedError) return 'The link was lost on the way: it may have arrived or not.';
  if (error instanceof RequestTimeoutError) return 'The concierge didn’t answer in time: it may have arrived or not.';
  return error instanceof Error ? error.message : String(error);
}
