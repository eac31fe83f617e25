import type { ConciergeClient } from '../client.js';
import { ConciergeError, ConnectionClosedError, RequestRefusedError } from '../errors.js';
import type { ClientInfo, Origin, ServiceInfo } from '../infos.js';

/** What a service does. What a handler throws, or rejects with, goes to the client's `fault`. */
export interface ServiceHandlers {
  /** A name of the service for people, up to 128 characters. */
  readonly nickname?: string | null;
  /** A subscriber said something to the service: any JSON value, so expect what you don't expect. */
  onMessage(origin: Origin, data: unknown, service: Service): unknown;
  /** A client subscribed. */
  onSubscribed?(client: ClientInfo, service: Service): unknown;
  /** A subscriber ended its subscription, or left. Not told when the service's own connection is lost. */
  onUnsubscribed?(client: ClientInfo, service: Service): unknown;
}

/** A service, hosted by a client: see {@link ConciergeClient.serve}. */
export class Service {
  /** The client that owns it. */
  readonly client: ConciergeClient;
  /** Its name. */
  readonly name: string;
  readonly #handlers: ServiceHandlers;
  readonly #subscribers = new Map<string, ClientInfo>();
  readonly #detach: readonly (() => void)[];
  /** Who left while those who had been missed were being looked up. */
  readonly #departed = new Set<string>();
  #isStopped = false;

  private constructor(client: ConciergeClient, name: string, handlers: ServiceHandlers) {
    this.client = client;
    this.name = name;
    this.#handlers = handlers;
    this.#detach = [
      client.on('message', ({ origin, target, data }) =>
        target.type === 'SERVICE' && target.service === name ? handlers.onMessage(origin, data, this) : undefined,
      ),
      client.on('serviceSubscribed', ({ client: subscriber, service }) => {
        if (service.name !== name) return undefined;
        return subscriber.uuid === service.ownerUuid ? this.#catchUp() : this.#add(subscriber);
      }),
      client.on('serviceUnsubscribed', ({ client: subscriber, service }) => {
        if (service.name !== name) return undefined;
        this.#departed.add(subscriber.uuid);
        return this.#subscribers.delete(subscriber.uuid) ? handlers.onUnsubscribed?.(subscriber, this) : undefined;
      }),
      client.on('clientUpdated', ({ client: subscriber }) => {
        if (this.#subscribers.has(subscriber.uuid)) this.#subscribers.set(subscriber.uuid, subscriber);
      }),
      client.on('disconnected', () => this.#subscribers.clear()),
    ];
  }

  /** @internal */
  static async start(client: ConciergeClient, name: string, handlers: ServiceHandlers): Promise<Service> {
    const service = new Service(client, name, handlers);
    try {
      const created = await client.createService(name, handlers.nickname);
      if (created.service.ownerUuid !== client.uuid) throw taken(created.service);
      await client.subscribe(name);
      return service;
    } catch (error) {
      service.#stop();
      throw error;
    }
  }

  /** Who is subscribed, but for the owner. */
  get subscribers(): readonly ClientInfo[] {
    return [...this.#subscribers.values()];
  }

  /** Sends a message to all subscribers. @param data Any JSON value. */
  broadcast(data: unknown): Promise<void> {
    return this.client.send({ type: 'SERVICE', service: this.name }, data);
  }

  /** Sends a message to one client, subscribed or not. @param data Any JSON value. */
  sendTo(uuid: string, data: unknown): Promise<void> {
    return this.client.send({ type: 'SERVICE_CLIENT_UUID', service: this.name, uuid }, data);
  }

  /** Deletes the service, where there is a connection; no handler is called afterwards. */
  async close(): Promise<void> {
    this.#stop();
    try {
      await this.client.deleteService(this.name);
    } catch (error) {
      // Without its owner's connection the service is gone anyway.
      if (!(error instanceof ConciergeError)) throw error;
    }
  }

  #stop(): void {
    this.#isStopped = true;
    for (const detach of this.#detach) detach();
    this.#subscribers.clear();
  }

  #add(subscriber: ClientInfo): unknown {
    if (this.#isStopped || this.#subscribers.has(subscriber.uuid)) return undefined;
    this.#subscribers.set(subscriber.uuid, subscriber);
    return this.#handlers.onSubscribed?.(subscriber, this);
  }

  /** Announces those who subscribed between the service's creation and its owner's own subscription, of whom nobody was told. */
  async #catchUp(): Promise<void> {
    this.#departed.clear();
    let missed: ClientInfo[];
    try {
      const { subscribers } = await this.client.fetchService(this.name);
      if (subscribers.every((uuid) => uuid === this.client.uuid)) return;
      missed = (await this.client.fetchClients()).filter(
        ({ uuid }) => uuid !== this.client.uuid && subscribers.includes(uuid),
      );
    } catch (error) {
      // The service stands again on the next connection, and looks again.
      if (error instanceof ConnectionClosedError) return;
      throw error;
    }
    const announced = missed.map(async (subscriber) => {
      if (!this.#departed.has(subscriber.uuid)) await this.#add(subscriber);
    });
    await Promise.all(announced);
  }
}

function taken(service: ServiceInfo): RequestRefusedError {
  return new RequestRefusedError(
    `There is a service named '${service.name}' already, of the client ${service.ownerUuid}: choose another name, or end that one.`,
    'TAKEN',
    service.name,
  );
}
