/** Where a client connects, who it is and what it puts up with. */
export interface ClientOptions {
  /** `ws://` or `wss://`. Default: in a page `/ws` of the page's own host, elsewhere `ws://127.0.0.1:64209/ws`. */
  url?: string;
  /** 1–64 letters, digits or `_`, unique among all clients. */
  name: string;
  /** A name for people, up to 128 characters. */
  nickname?: string | null;
  /** The secret that the concierge was configured with, if it has one. */
  secret?: string | null;
  /** What the client says of itself: at most 32 tags of at most 64 characters. */
  tags?: readonly string[];
  /** Whether the client hears of others: who joins and leaves, services, subscribers, members. Default true. */
  presence?: boolean;
  /** How long connecting, and each request, may take, in milliseconds: more than 0, default 10,000. */
  requestTimeout?: number;
  /**
   * After how long a silence the concierge is probed with a tiny request, and how long the answer may take, in
   * milliseconds: more than 0, default 5,000. A link that died without a word is noticed within twice this time.
   */
  keepAlive?: number;
  /** How many requests may wait for their answers: 1 or more, default 4,096. One more is refused at once. */
  maxUnanswered?: number;
  /** When a lost connection is made again; false for never. */
  reconnect?: Partial<ReconnectPolicy> | false;
  /** The WebSocket class. Default: the global one, and where there is none (Node.js 20) that of the package `ws`. */
  webSocket?: typeof WebSocket;
}

/**
 * When a lost connection is tried again. The n-th attempt, from 0, waits a random time between zero and
 * min(maxDelay, initialDelay × factorⁿ), so that a thousand clients that lost the same concierge do not come back at the
 * same moment ("full jitter").
 */
export interface ReconnectPolicy {
  /** The longest wait before the first attempt, in milliseconds: more than 0, default 250. */
  readonly initialDelay: number;
  /** The longest wait before any attempt, in milliseconds: at least `initialDelay`, default 30,000. */
  readonly maxDelay: number;
  /** By how much each failed attempt stretches the longest wait: 1 or more, default 2. */
  readonly factor: number;
}

/** The options, checked, with their defaults. */
export interface Settings {
  readonly url: URL;
  readonly name: string;
  readonly nickname: string | null;
  readonly secret: string | null;
  readonly tags: readonly string[];
  readonly presence: boolean;
  readonly requestTimeout: number;
  readonly keepAlive: number;
  readonly maxUnanswered: number;
  readonly reconnect: ReconnectPolicy | null;
  readonly webSocket: typeof WebSocket | undefined;
}

/** What setTimeout takes: beyond it, it would not wait at all. */
const longestTimer = 2 ** 31 - 1;

/** @throws TypeError for an option that can't be. */
export function checkOptions(options: ClientOptions): Settings {
  if (typeof options?.name !== 'string' || options.name === '')
    throw new TypeError('A client needs a name: { name: … }.');
  const tags = options.tags ?? [];
  if (!Array.isArray(tags) || tags.some((tag) => typeof tag !== 'string'))
    throw new TypeError('tags: expected an array of strings.');
  return {
    url: checkUrl(options.url ?? defaultUrl()),
    name: options.name,
    nickname: checkText('nickname', options.nickname),
    secret: checkText('secret', options.secret),
    tags: [...tags],
    presence: options.presence ?? true,
    requestTimeout: checkNumber('requestTimeout', options.requestTimeout ?? 10_000, Number.MIN_VALUE, longestTimer),
    keepAlive: checkNumber('keepAlive', options.keepAlive ?? 5_000, Number.MIN_VALUE, longestTimer),
    maxUnanswered: checkNumber('maxUnanswered', options.maxUnanswered ?? 4_096, 1, Number.MAX_SAFE_INTEGER),
    reconnect: options.reconnect === false ? null : checkReconnect(options.reconnect ?? {}),
    webSocket: options.webSocket,
  };
}

function defaultUrl(): string {
  const page = globalThis.location as Location | undefined;
  return page?.host ? `${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}/ws` : 'ws://127.0.0.1:64209/ws';
}

function checkUrl(text: string): URL {
  const expected = 'expected ws://HOST:PORT/ws or wss://HOST:PORT/ws';
  let url;
  try {
    url = new URL(text);
  } catch {
    throw new TypeError(`url: '${text}' is no address; ${expected}.`);
  }
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:')
    throw new TypeError(`url: '${text}' is no address of a concierge; ${expected}.`);
  url.hash = ''; // WebSocket takes none.
  return url;
}

function checkText(option: string, text: string | null | undefined): string | null {
  if (text !== null && text !== undefined && typeof text !== 'string')
    throw new TypeError(`${option}: expected text or null.`);
  return text || null;
}

function checkReconnect(policy: Partial<ReconnectPolicy>): ReconnectPolicy {
  const initialDelay = checkNumber(
    'reconnect.initialDelay',
    policy.initialDelay ?? 250,
    Number.MIN_VALUE,
    longestTimer,
  );
  return {
    initialDelay,
    maxDelay: checkNumber(
      'reconnect.maxDelay',
      policy.maxDelay ?? Math.max(30_000, initialDelay),
      initialDelay,
      longestTimer,
    ),
    factor: checkNumber('reconnect.factor', policy.factor ?? 2, 1, Number.MAX_VALUE),
  };
}

/** A number from min to max, for an option of that name. */
export function checkNumber(option: string, value: number, min: number, max: number): number {
  if (!(typeof value === 'number' && value >= min && value <= max)) {
    const least = min === Number.MIN_VALUE ? 'more than 0' : `at least ${min}`;
    throw new TypeError(`${option}: ${String(value)} is out of range; expected ${least} and at most ${max}.`);
  }
  return value;
}
