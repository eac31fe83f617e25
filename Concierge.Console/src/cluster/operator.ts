// The operator's way to the node: `POST /admin` with a command as the body and the admin secret as a bearer token.
import { signal } from '@preact/signals';
import type { Fetch } from './watch';

/** What became of a command. */
export type Outcome =
  | { readonly kind: 'done'; readonly text: string }
  /** It wasn't done, and the text says why. */
  | { readonly kind: 'refused'; readonly text: string }
  /** The secret is missing or wrong: it has to be asked for. */
  | { readonly kind: 'locked'; readonly text: string };

/** How long a command may take, in milliseconds; the node itself gives up after ten seconds. */
const patience = 15_000;

/** Answers are lines of text; what is longer is none of the node's. */
const longestAnswer = 2_000;

export class Operator {
  /** The admin secret, kept nowhere else. */
  #secret: string | null = null;
  readonly #post: Fetch;

  /** Whether a secret was given, which the node hasn't called wrong. */
  readonly unlocked = signal(false);

  constructor(post: Fetch = (url, init) => fetch(url, init)) {
    this.#post = post;
  }

  /** Takes the secret; whether it is right shows with the next command. */
  unlock(secret: string): void {
    this.#secret = secret;
    this.unlocked.value = true;
  }

  /** Forgets the secret. */
  lock(): void {
    this.#secret = null;
    this.unlocked.value = false;
  }

  /** Has the node carry out a command. Never rejects. */
  async run(line: string): Promise<Outcome> {
    const secret = this.#secret;
    if (secret === null) return { kind: 'locked', text: 'Give the admin secret first.' };
    if (!isHeaderValue(secret)) {
      this.lock();
      return {
        kind: 'locked',
        text: 'The admin secret is wrong: the node takes letters, digits and signs of ASCII only.',
      };
    }
    let status: number;
    let text: string;
    try {
      const response = await this.#post('/admin', {
        method: 'POST',
        headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'text/plain; charset=utf-8' },
        body: line,
        cache: 'no-store',
        credentials: 'omit',
        signal: AbortSignal.timeout(patience),
      });
      status = response.status;
      text = (await response.text()).trim().slice(0, longestAnswer);
    } catch {
      return {
        kind: 'refused',
        text: 'The node did not answer. Whether it did it is not known; look before you try again.',
      };
    }
    // With 429 the node hasn't looked at it.
    if (status === 401 || status === 429) this.lock();
    return outcomeOf(status, text);
  }
}

function outcomeOf(status: number, text: string): Outcome {
  switch (status) {
    case 200:
      return { kind: 'done', text };
    case 401:
      return {
        kind: 'locked',
        text: 'The admin secret is wrong. It is concierge.admin.secret in the configuration of the node.',
      };
    case 403:
      return { kind: 'refused', text: `The node lets no operator in from here. ${text}` };
    case 429:
      return { kind: 'refused', text: 'Too many wrong secrets came from here. Wait a few seconds, then try again.' };
    case 400:
      return { kind: 'refused', text: text || 'The node did not understand the command.' };
    default:
      return { kind: 'refused', text: `The node answered with HTTP ${status}. ${text}`.trim() };
  }
}

// What fetch would throw for: a header is ASCII here, as the node reads it.
function isHeaderValue(secret: string): boolean {
  return /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/u.test(secret);
}
