import { RequestRefusedError } from '../errors.js';
import type { Frame } from './reading.js';

/** Puts an answer into words that is not the one hoped for. */
export function refusal(request: string, answer: Frame): RequestRefusedError {
  const say = (explanation: string) => `${request} was refused. ${explanation}`;
  const text = (field: string) => (typeof answer[field] === 'string' ? answer[field] : undefined);
  switch (answer.type) {
    case 'BAD':
      return new RequestRefusedError(
        say(
          'Not allowed for this client: a service takes messages from its owner and its subscribers, and its owner alone reaches single clients through it or deletes it; a room takes messages from its members; and there are limits to how many services and rooms a client may have and be in.',
        ),
        'BAD',
      );
    case 'INVALID_NAME':
      return new RequestRefusedError(say(`No client is named '${text('name')}'.`), 'INVALID_NAME', text('name'));
    case 'INVALID_UUID':
      return new RequestRefusedError(
        say(`No client has the uuid ${text('uuid')}: it may have left, or come back with another.`),
        'INVALID_UUID',
        text('uuid'),
      );
    case 'INVALID_SERVICE':
      return new RequestRefusedError(
        say(`No service is named '${text('service')}'.`),
        'INVALID_SERVICE',
        text('service'),
      );
    case 'INVALID_ROOM':
      return new RequestRefusedError(
        say(`No room is named '${text('room')}': a room exists while it has members.`),
        'INVALID_ROOM',
        text('room'),
      );
    case 'ERROR_PROTOCOL':
      return new RequestRefusedError(
        say(`The concierge could not read the request: ${text('desc')}`),
        'ERROR_PROTOCOL',
        text('desc'),
      );
    case 'ERROR_UNSUPPORTED':
      return new RequestRefusedError(
        say('The concierge does not know this kind of request: it may be older than this client.'),
        'ERROR_UNSUPPORTED',
      );
    case 'ERROR_INTERNAL':
      return new RequestRefusedError(say(`The concierge failed: ${text('desc')}`), 'ERROR_INTERNAL', text('desc'));
    default:
      return new RequestRefusedError(
        say(`The concierge gave an answer that does not fit the request: ${answer.type}.`),
        'UNEXPECTED',
      );
  }
}
