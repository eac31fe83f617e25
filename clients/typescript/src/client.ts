import { Connection, type ConnectionState } from './connection/connection.js';
import { ConnectionClosedError, RequestRefusedError } from './errors.js';
import { Emitter, type Handler } from './emitter.js';
import type { ClientEvents } from './events.js';
import { FileStore } from './files/fileStore.js';
import type { ClientDetails, ClientInfo, RoomInfo, ServiceInfo, Target } from './infos.js';
import { checkOptions, type ClientOptions, type Settings } from './options.js';
import * as requests from './requests.js';
import type { RoomOutcome, ServiceOutcome } from './requests.js';
import { Service, type ServiceHandlers } from './services/service.js';

/**
 * A client of a concierge: it connects, says who it is, talks, asks, hosts services, moves files, and stays connected.
 *
 * Every request rejects with {@link ConnectionClosedError} where there is no connection or it was lost before the answer
 * came, with {@link RequestTimeoutError} where none came within `requestTimeout`, and with {@link RequestRefusedError} where
 * the concierge refused. Requests are sent in the order of the calls, without waiting for each other's answers, and never
 * sent again by themselves.
 */
export class ConciergeClient {
  /** The files of this client and others. */
  readonly files: FileStore;
  readonly #settings: Settings;
  readonly #connection: Connection;
  readonly #events = new Emitter<ClientEvents>((error, event) => {
    // A fault's own handler that fails has nobody left to tell.
    if (event !== 'fault') this.fault(error);
  });

  private constructor(settings: Settings) {
    this.#settings = settings;
    this.#connection = new Connection(settings, this.#events);
    this.files = new FileStore(settings.url, () => this.#connection.hello);
  }

  /**
   * Connects and identifies. Handlers attached as soon as this resolves miss nothing.
   * @throws TypeError An option can't be.
   * @throws ConnectionClosedError The concierge refused: 4005 the name is taken, 4006 it wants another secret, 4008 the name
   * breaks the rules, … (protocol, section "Identification"); without a code where it can't be reached.
   */
  static async connect(options: ClientOptions): Promise<ConciergeClient> {
    const client = new ConciergeClient(checkOptions(options));
    await client.#connection.open();
    return client;
  }

  /** The client's name. */
  get name(): string {
    return this.#settings.name;
  }

  /** The client's uuid: another one after each reconnect. */
  get uuid(): string {
    return this.#connection.hello.uuid;
  }

  /** What people call the client, or null. */
  get nickname(): string | null {
    return this.#connection.registrations.nickname;
  }

  /** The version of the protocol that the concierge speaks. */
  get serverVersion(): string {
    return this.#connection.hello.version;
  }

  /** How long a request may take, in milliseconds, as the options had it. */
  get requestTimeout(): number {
    return this.#settings.requestTimeout;
  }

  /** Whether there is a connection. */
  get state(): ConnectionState {
    return this.#connection.state;
  }

  /**
   * Attaches a handler. Handlers are called at once, in the order of what happened; what they throw, or return a promise
   * of that rejects, goes to `fault`.
   * @returns Detaches it.
   */
  on<K extends keyof ClientEvents>(event: K, handler: Handler<ClientEvents[K]>): () => void {
    return this.#events.on(event, handler);
  }

  /**
   * Sends a message, and resolves when the concierge has passed it on.
   * @param data Any JSON value.
   * @throws TypeError data can't be written as JSON.
   */
  async send(target: Target, data: unknown): Promise<void> {
    await this.#connection.ask(requests.message(target, data));
  }

  /** Subscribes to a service. `changed` is false where the client was subscribed already. Lasts over reconnects. */
  subscribe(service: string): Promise<ServiceOutcome> {
    return this.#connection.registrations.subscriptions.ask(
      service,
      this.#connection.ask(requests.subscribe(service)),
      () => true,
    );
  }

  /** Ends a subscription. `changed` is false where there was none. */
  unsubscribe(service: string): Promise<ServiceOutcome> {
    // Before the answer: where none comes, a reconnect doesn't make again what was to end.
    this.#connection.registrations.subscriptions.giveUp(service);
    return this.#connection.ask(requests.unsubscribe(service));
  }

  /**
   * Creates a service of this client's. `changed` is false where one of that name is there already: look at its `ownerUuid`.
   * @param name 1–128 letters, digits or any of `_ - . / :`, unique among all services.
   * @param nickname A name for people, up to 128 characters.
   */
  async createService(name: string, nickname: string | null = null): Promise<ServiceOutcome> {
    const asked = this.#connection.ask(requests.createService(name, nickname));
    return this.#connection.registrations.services.ask(name, asked, ({ service }) =>
      service.ownerUuid === this.uuid ? service.nickname : undefined,
    );
  }

  /** Deletes a service of this client's. */
  deleteService(name: string): Promise<ServiceInfo> {
    const { services, subscriptions } = this.#connection.registrations;
    // With one's own service goes one's subscription to it; somebody else's is not ours to delete, and goes on.
    if (services.get(name) !== undefined) subscriptions.giveUp(name);
    services.giveUp(name);
    return this.#connection.ask(requests.deleteService(name));
  }

  /** A service, with all its subscribers. */
  fetchService(name: string): Promise<ServiceInfo> {
    return this.#connection.ask(requests.fetchService(name));
  }

  /** All services, with all their subscribers. */
  fetchServices(): Promise<ServiceInfo[]> {
    return this.#connection.ask(requests.fetchServices());
  }

  /** All clients. */
  fetchClients(): Promise<ClientInfo[]> {
    return this.#connection.ask(requests.fetchClients());
  }

  /** A client, and what it is subscribed to. */
  fetchClient(uuid: string): Promise<ClientDetails> {
    return this.#connection.ask(requests.fetchClient(uuid));
  }

  /** This client, and what it is subscribed to. */
  fetchSelf(): Promise<ClientDetails> {
    return this.#connection.ask(requests.fetchSelf());
  }

  /** Joins a room, which is there from its first member's joining on. Lasts over reconnects. */
  joinRoom(room: string): Promise<RoomOutcome> {
    return this.#connection.registrations.rooms.ask(room, this.#connection.ask(requests.joinRoom(room)), () => true);
  }

  /** Leaves a room. */
  leaveRoom(room: string): Promise<RoomOutcome> {
    this.#connection.registrations.rooms.giveUp(room);
    return this.#connection.ask(requests.leaveRoom(room));
  }

  /** A room, with its members. */
  fetchRoom(room: string): Promise<RoomInfo> {
    return this.#connection.ask(requests.fetchRoom(room));
  }

  /** All rooms, with their members. */
  fetchRooms(): Promise<RoomInfo[]> {
    return this.#connection.ask(requests.fetchRooms());
  }

  /** Gives the client another nickname, of up to 128 characters, or none. */
  async setNickname(nickname: string | null): Promise<void> {
    const name = nickname || null;
    const renamed = this.#connection.registrations.renaming(name);
    await this.#connection.ask(requests.setNickname(name));
    renamed();
  }

  /** Asks the concierge a trifle. @returns How long that took, there and back, in milliseconds. */
  async ping(): Promise<number> {
    const since = performance.now();
    try {
      await this.#connection.ask(requests.probe());
    } catch (error) {
      if (!(error instanceof RequestRefusedError)) throw error;
    }
    return performance.now() - since;
  }

  /**
   * Hosts a service: creates it, and subscribes to it, which is how the client hears of subscribers (with `presence`).
   * It is created again after each reconnect, and starts without subscribers then.
   * @throws RequestRefusedError with kind `TAKEN` where another client owns a service of that name.
   */
  serve(name: string, handlers: ServiceHandlers): Promise<Service> {
    return Service.start(this, name, handlers);
  }

  /** Closes the connection, or ends the attempts to make it again. Resolves when that is done, within two seconds. */
  close(): Promise<void> {
    return this.#connection.close();
  }

  /** @internal A handler failed: told by `fault`, or on the console where nobody listens. */
  fault(error: unknown): void {
    // What was under way when the client was closed: it was asked to stop, and did.
    if (this.state === 'closed' && error instanceof ConnectionClosedError) return;
    if (!this.#events.emit('fault', { error })) console.error(error);
  }
}
