import { ConciergeClient, ConnectionClosedError, type ClientInfo } from '@concierge/client';
import { batch, computed, signal } from '@preact/signals';
import { farewellOf, refusalOf, type Refusal } from './refusal';
import { recall, remember, type Identity } from './remembered';

/** Where the session stands. `retryAt` is when the next attempt begins, in ms since 1970. */
export type Phase =
  | { readonly is: 'signed-out'; readonly refusal: Refusal | null }
  | { readonly is: 'signing-in' }
  | { readonly is: 'connected' }
  | { readonly is: 'reconnecting'; readonly attempt: number; readonly retryAt: number };

/** Where the session stands. */
export const phase = signal<Phase>({ is: 'signed-out', refusal: null });
/** The connection, from signing in to signing out: it stays the same one while it reconnects. */
export const client = signal<ConciergeClient | null>(null);
/** Who one is. The uuid is another one after each reconnection. */
export const self = signal<ClientInfo | null>(null);
/** Whether anything can be sent now: what needs the link is disabled meanwhile. */
export const linked = computed(() => phase.value.is === 'connected');

/** What others see this client as. */
const tags = ['console'];
// What the concierge closes with when its operator has sent one away: to come back at once by oneself would be rude.
const closedOnPurpose = 1000;
const nameTaken = 4005;
// Where the network failed, the concierge may take this long (ms) to notice, and the name is taken: by the session that was ours.
const ghostPatience = 20_000;
// A page that is reloaded is back before the concierge has noticed that it left; the pause is in ms.
const reloadPatience = { attempts: 6, pause: 400 };

/** Signs in; how it went is in `phase`. */
export async function signIn(identity: Identity): Promise<void> {
  await enter(identity, 1);
}

/** Signs in whoever was here last, unless they signed out. Call once, as the page loads. */
export async function resume(): Promise<void> {
  const last = recall();
  if (last.signedIn && last.name !== '') await enter(last, reloadPatience.attempts);
}

/** Leaves. The name is kept for the next time, and one is not signed in by itself. */
export async function signOut(): Promise<void> {
  const leaving = client.peek();
  remember({ ...recall(), nickname: self.peek()?.nickname ?? '' }, false);
  leave(null);
  await leaving?.close();
}

/** Changes one's nickname; empty means none. Throws what the concierge refuses. */
export async function setNickname(nickname: string): Promise<void> {
  await client.peek()?.setNickname(nickname === '' ? null : nickname);
  remember({ ...recall(), nickname }, true);
}

async function enter(identity: Identity, attempts: number): Promise<void> {
  if (phase.peek().is !== 'signed-out') return;
  phase.value = { is: 'signing-in' };
  try {
    const connected = await connect(identity, attempts);
    remember(identity, true);
    adopt(connected);
  } catch (error) {
    phase.value = { is: 'signed-out', refusal: refusalOf(error, identity.secret !== '') };
  }
}

async function connect({ name, nickname, secret }: Identity, attempts: number): Promise<ConciergeClient> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ConciergeClient.connect({ name, nickname: nickname || null, tags, ...(secret && { secret }) });
    } catch (error) {
      const taken = error instanceof ConnectionClosedError && error.code === nameTaken;
      if (!taken || attempt >= attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, reloadPatience.pause));
    }
  }
}

function adopt(connected: ConciergeClient): void {
  // What a connection tells that one has left is no news any more.
  const on: ConciergeClient['on'] = (event, handler) =>
    connected.on(event, (told) => (client.peek() === connected ? handler(told) : undefined));
  const giveUp = (reason: ConnectionClosedError) => {
    leave(farewellOf(reason));
    void connected.close();
  };
  const describe = () => {
    self.value = { name: connected.name, nickname: connected.nickname, uuid: connected.uuid, tags };
  };
  let lostAt = 0;

  on('clientUpdated', ({ client: updated }) => {
    if (updated.uuid === connected.uuid) self.value = updated;
  });
  on('disconnected', ({ reason, willRetry }) => {
    lostAt = performance.now();
    if (reason.code === closedOnPurpose) giveUp(reason);
    else if (willRetry) phase.value = { is: 'reconnecting', attempt: 0, retryAt: Date.now() };
  });
  on('reconnecting', ({ attempt, delay }) => {
    phase.value = { is: 'reconnecting', attempt, retryAt: Date.now() + delay };
  });
  on('reconnected', () => {
    describe();
    phase.value = { is: 'connected' };
  });
  on('fault', ({ error }) => {
    if (!(error instanceof ConnectionClosedError)) console.error(error);
    else if (error.code === nameTaken && performance.now() - lostAt > ghostPatience) giveUp(error);
  });
  on('closed', ({ reason }) => leave(reason && farewellOf(reason)));

  batch(() => {
    client.value = connected;
    describe();
    phase.value = { is: 'connected' };
  });
}

function leave(refusal: Refusal | null): void {
  batch(() => {
    client.value = null;
    self.value = null;
    phase.value = { is: 'signed-out', refusal };
  });
}
