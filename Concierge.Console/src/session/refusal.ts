import { ConnectionClosedError } from '@concierge/client';

/** Why one isn't connected (any more), in words, and which field is to be changed, if that would help. */
export interface Refusal {
  readonly field: 'name' | 'secret' | null;
  readonly text: string;
  /** Whether a variant of the name would do. */
  readonly taken?: boolean;
}

/** Close codes of the protocol that end a session for good; all others are the link's. */
const codes: Record<number, (reason: string) => Refusal> = {
  4005: () => ({
    field: 'name',
    taken: true,
    text: 'Somebody is here under this name: perhaps you, in another tab or window. Names are unique; take another, or close the other one first.',
  }),
  4006: () => ({
    field: 'secret',
    text: 'This concierge asks for a secret, and this isn’t it. Whoever runs it can tell you.',
  }),
  4007: (reason) => ({
    field: null,
    text: `The concierge speaks another version of the protocol (${reason || 'it gave no details'}). Reload the page: it brings its own console along.`,
  }),
  4008: () => ({ field: 'name', text: 'The concierge doesn’t take this name: 1 to 64 letters, digits or _.' }),
  4010: () => ({
    field: null,
    text: 'You were disconnected: more came in than this browser or its network could take. Sign in again.',
  }),
};

/** Why one could not sign in, with a secret or without. */
export function refusalOf(error: unknown, gaveSecret: boolean): Refusal {
  if (!(error instanceof ConnectionClosedError)) {
    return { field: null, text: error instanceof Error ? error.message : String(error) };
  }
  if (error.code === 4006 && !gaveSecret) {
    return {
      field: 'secret',
      text: 'This concierge lets in only those who know its secret. Whoever runs it can tell you.',
    };
  }
  const known = error.code === undefined ? undefined : codes[error.code];
  return known?.(error.reason) ?? unreachable;
}

/** Why a session that there was is over. */
export function farewellOf(error: ConnectionClosedError): Refusal {
  const known = error.code === undefined ? undefined : codes[error.code];
  if (known) return known(error.reason);
  if (error.code === 1000)
    return { field: null, text: 'The concierge’s operator closed your connection. You may sign in again.' };
  const said = error.reason ? ` It said: “${error.reason}”.` : '';
  return {
    field: null,
    text: `The concierge closed your connection${error.code ? ` (code ${error.code})` : ''}.${said} You may sign in again.`,
  };
}

// A browser tells a page nothing about an upgrade that failed: a full concierge (503) looks like none.
const unreachable: Refusal = {
  field: null,
  text: 'The concierge can’t be reached, or it is full. Is it running, and is this device on its network? Then try again.',
};
