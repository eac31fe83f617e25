import { ConnectionClosedError } from '../errors.js';

/** Puts the end of a WebSocket into words (protocol, section "Identification"). 1005 and 1006 stand for "no code". */
export function closing(code: number, reason: string, name: string, detail: string): ConnectionClosedError {
  if (code === 1006)
    return new ConnectionClosedError(`The connection to the concierge broke${detail ? `: ${detail}` : '.'}`);
  if (code === 1005) return new ConnectionClosedError('The concierge closed the connection and gave no reason.');
  return new ConnectionClosedError(explain(code, reason, name), code, reason);
}

function explain(code: number, reason: string, name: string): string {
  switch (code) {
    case 1001:
      return 'The concierge is shutting down.';
    case 1009:
      return 'The concierge refused a message that was over its size limit: send less at once, or have concierge.limits.frame-size raised.';
    case 4002:
      return 'The concierge could not make sense of who this client says it is: check the nickname (up to 128 characters) and the tags (up to 32, of up to 64 characters).';
    case 4004:
      return 'The concierge waited for this client to say who it is and gave up.';
    case 4005:
      return `The name '${name}' is taken: choose another, or end the client that has it.`;
    case 4006:
      return 'The concierge wants another secret: give the one that it is configured with (concierge.secret).';
    case 4007:
      return `The concierge does not speak version ${protocolVersion} of the protocol, which is this client's: use versions of the two that match.`;
    case 4008:
      return `'${name}' is no name for a client: expected 1 to 64 letters, digits or '_'.`;
    case 4009:
      return 'The concierge heard nothing from this client for too long.';
    case 4010:
      return 'This client was sent more than it read: make its handlers faster, or subscribe to less.';
    default:
      return reason
        ? `The concierge closed the connection with code ${code}: ${reason}`
        : `The concierge closed the connection with code ${code} and no reason.`;
  }
}

/** The version of the wire protocol that this client speaks. */
export const protocolVersion = '0.2.0';
