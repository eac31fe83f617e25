import type { ClientInfo, ConciergeClient, RoomInfo, ServiceInfo } from '@concierge/client';
import { signal, type ReadonlySignal } from '@preact/signals';
import { onceAFrame } from '../ui/frame';

const directories = new WeakMap<ConciergeClient, Directory>();

/** The directory of a connection; made when it is first asked for. */
export function directoryOf(client: ConciergeClient): Directory {
  let directory = directories.get(client);
  if (!directory) {
    directory = new Directory(client);
    directories.set(client, directory);
  }
  return directory;
}

/**
 * Who and what there is: fetched once a connection, then kept by the events that come after. The concierge tells everyone of
 * clients and services, but of rooms only their members: the list of rooms is fetched again every few seconds while
 * somebody looks at it (`watchRooms`). Services' subscribers are empty in events: ask for a service where they matter.
 */
export class Directory {
  readonly #client: ConciergeClient;
  readonly #clients = signal<ReadonlyMap<string, ClientInfo>>(new Map());
  readonly #services = signal<ReadonlyMap<string, ServiceInfo>>(new Map());
  readonly #rooms = signal<ReadonlyMap<string, RoomInfo>>(new Map());
  readonly #fault = signal<string | null>(null);
  readonly #publish = onceAFrame(() => {
    this.#clients.value = new Map(this.#clientsNow);
    this.#services.value = new Map(this.#servicesNow);
  });
  #clientsNow = new Map<string, ClientInfo>();
  #servicesNow = new Map<string, ServiceInfo>();
  #roomWatchers = 0;
  #roomTick: ReturnType<typeof setInterval> | undefined;

  constructor(client: ConciergeClient) {
    this.#client = client;
    const put = ({ client: who }: { client: ClientInfo }) => this.#change(() => this.#clientsNow.set(who.uuid, who));
    client.on('clientJoined', put);
    client.on('clientUpdated', put);
    client.on('clientLeft', ({ client: who }) => this.#change(() => this.#clientsNow.delete(who.uuid)));
    client.on('serviceCreated', ({ service }) => this.#change(() => this.#servicesNow.set(service.name, service)));
    client.on('serviceDeleted', ({ service }) => this.#change(() => this.#servicesNow.delete(service.name)));
    client.on('reconnected', () => void this.refresh());
    void this.refresh();
  }

  /** Clients by uuid, oneself among them. */
  get clients(): ReadonlySignal<ReadonlyMap<string, ClientInfo>> {
    return this.#clients;
  }

  /** Services by name. */
  get services(): ReadonlySignal<ReadonlyMap<string, ServiceInfo>> {
    return this.#services;
  }

  /** Rooms by name, with their members' uuids; as new as the last look while `watchRooms` holds. */
  get rooms(): ReadonlySignal<ReadonlyMap<string, RoomInfo>> {
    return this.#rooms;
  }

  /** Why the lists may be out of date; null where they aren't. */
  get fault(): ReadonlySignal<string | null> {
    return this.#fault;
  }

  /** The client of a name, or undefined. */
  named(name: string): ClientInfo | undefined {
    for (const client of this.#clients.value.values()) if (client.name === name) return client;
    return undefined;
  }

  /** Fetches everything again. Never throws: see `fault`. */
  async refresh(): Promise<void> {
    // Answers and events come in the order in which things happened: what arrives after an answer is later than it.
    await Promise.all([
      this.#fetch(this.#client.fetchClients(), (clients) => {
        this.#clientsNow = new Map(clients.map((client) => [client.uuid, client]));
        this.#publish();
      }),
      this.#fetch(this.#client.fetchServices(), (services) => {
        this.#servicesNow = new Map(services.map((service) => [service.name, service]));
        this.#publish();
      }),
      this.refreshRooms(),
    ]);
  }

  /** Fetches the rooms again. Never throws: see `fault`. */
  async refreshRooms(): Promise<void> {
    await this.#fetch(this.#client.fetchRooms(), (rooms) => {
      this.#rooms.value = new Map(rooms.map((room) => [room.name, room]));
    });
  }

  /** Keeps the list of rooms up to date until the returned function is called: every 4 s, while the tab can be seen. */
  watchRooms(): () => void {
    if (this.#roomWatchers++ === 0) {
      void this.refreshRooms();
      this.#roomTick = setInterval(() => {
        if (!document.hidden && this.#client.state === 'connected') void this.refreshRooms();
      }, 4000);
    }
    let watching = true;
    return () => {
      if (watching && --this.#roomWatchers === 0) clearInterval(this.#roomTick);
      watching = false;
    };
  }

  #change(change: () => void): void {
    change();
    this.#publish();
  }

  async #fetch<T>(request: Promise<T>, use: (answer: T) => void): Promise<void> {
    try {
      use(await request);
      this.#fault.value = null;
    } catch (error) {
      // Where the link is lost, reconnecting brings us here again.
      if (this.#client.state === 'connected')
        this.#fault.value = error instanceof Error ? error.message : String(error);
    }
  }
}
