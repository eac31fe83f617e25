import { RequestRefusedError } from '../errors.js';
import type { ClientEvents } from '../events.js';
import { createService, joinRoom, subscribe } from '../requests.js';
import type { Link } from './link.js';
import type { Registrations } from './registrations.js';

/**
 * Makes what the client had, on a new link.
 *
 * All of it is sent before this returns. The concierge takes a client's frames in their order, so what the client's user
 * asks for from now on comes after: leaving a room wins over having joined it again. Services go first, as a client may
 * be subscribed to its own.
 * @throws ConnectionClosedError The link ended.
 */
export async function restore(link: Link, registrations: Registrations): Promise<ClientEvents['reconnected']> {
  const { services, subscriptions, rooms } = registrations;
  const wanted = subscriptions.all;
  const [lostServices, , lostRooms] = await Promise.all([
    lost(services.all, async (name, nickname) => {
      const created = await grantedOrNull(link.ask(createService(name, nickname)));
      const isOurs = created?.service.ownerUuid === link.hello.uuid;
      if (!isOurs) services.giveUp(name);
      return isOurs;
    }),
    Promise.all(wanted.map(([name]) => resubscribe(link, registrations, name))),
    lost(rooms.all, async (name) => {
      const isIn = (await grantedOrNull(link.ask(joinRoom(name)))) !== null;
      if (!isIn) rooms.giveUp(name);
      return isIn;
    }),
  ]);
  // As it is now: a service that wasn't there at first may have come, or the subscription been given up.
  const lostSubscriptions = wanted.map(([name]) => name).filter((name) => subscriptions.get(name) === false);
  return { lostServices, lostSubscriptions, lostRooms };
}

/** Subscribes again, where there is such a service. */
export async function resubscribe(link: Link, { subscriptions }: Registrations, service: string): Promise<void> {
  // Before the attempt: the service may appear between its failure and our noting it.
  subscriptions.update(service, false);
  if (await grantedOrNull(link.ask(subscribe(service)))) subscriptions.update(service, true);
}

/** Null for what was refused: it isn't there, or the concierge is one with lower limits than before, or an older one. It would refuse the next time too. */
async function grantedOrNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof RequestRefusedError && error.kind !== 'ERROR_INTERNAL') return null;
    throw error;
  }
}

async function lost<T>(
  wanted: [name: string, value: T][],
  regain: (name: string, value: T) => Promise<boolean>,
): Promise<string[]> {
  const regained = await Promise.all(wanted.map(([name, value]) => regain(name, value)));
  return wanted.map(([name]) => name).filter((_, index) => !regained[index]);
}
