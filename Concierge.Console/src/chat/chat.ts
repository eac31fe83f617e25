import type { ClientInfo, ConciergeClient, Origin, Target } from '@concierge/client';
import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { ConversationId } from '../app/routes';
import { onceAFrame } from '../ui/frame';
import { authorOf, contentOf, dataOf, relayedUuid } from './content';
import { Conversation, heaviest as heaviestOfOne, keyOf, type Message } from './conversation';
import { faultOf } from './fault';
import { keepJoined, recallJoined } from './joined';

const chats = new WeakMap<ConciergeClient, Chat>();

/** The chat of a connection; made when it is first asked for, and listening from then on, whatever page is shown. */
export function chatOf(client: ConciergeClient): Chat {
  const known = chats.get(client);
  if (known) return known;
  const chat = new Chat(client, onceAFrame);
  chats.set(client, chat);
  for (const id of recallJoined(client.name)) void chat.join(id);
  effect(() => keepJoined(client.name, chat.joined.value));
  return chat;
}

/** Services that speak with programs, not with people: they have a page of their own. */
export function isForPeople(service: string): boolean {
  return !service.startsWith('robot/') && !service.startsWith('ros/');
}

/** Strangers may write to one; the conversations of so many are kept. */
const mostDirect = 200;

/** How much is kept in all of them together, as conversations weigh it. */
const heaviest = 4 * heaviestOfOne;

/** All conversations of a person: what is said where, who takes part, and what one says oneself. */
export class Chat {
  readonly #client: ConciergeClient;
  readonly #conversations = signal<ReadonlyMap<string, Conversation>>(new Map());
  /** Messages of one's own that a service may say to all, its sender among them. */
  readonly #unechoed = new WeakMap<Conversation, Message[]>();
  readonly #touched = new Set<Conversation>();
  readonly #publish: () => void;
  #nextId = 0;

  /** How many messages are unread, in all conversations. */
  readonly unread = computed(() => {
    let sum = 0;
    for (const { unread } of this.#conversations.value.values()) sum += unread.value;
    return sum;
  });

  /** The rooms and services that one takes part in. */
  readonly joined = computed(() =>
    [...this.#conversations.value.values()].filter(({ standing }) => standing.value !== 'out').map(({ id }) => id),
  );

  /**
   * @param client The connection.
   * @param schedule How to publish now and then what came in by the thousand.
   */
  constructor(client: ConciergeClient, schedule: (publish: () => void) => () => void) {
    this.#client = client;
    this.#publish = schedule(() => {
      for (const conversation of this.#touched) conversation.publish();
      this.#touched.clear();
      this.#forget();
    });
    client.on('message', ({ origin, target, data }) => this.#receive(origin, target, data));
    client.on('roomJoined', ({ client: who, room }) => this.#came({ kind: 'room', name: room }, who));
    client.on('roomLeft', ({ client: who, room }) => this.#went({ kind: 'room', name: room }, who));
    client.on('serviceSubscribed', ({ client: who, service }) =>
      this.#came({ kind: 'service', name: service.name }, who),
    );
    client.on('serviceUnsubscribed', ({ client: who, service }) =>
      this.#went({ kind: 'service', name: service.name }, who),
    );
    client.on('serviceDeleted', ({ service }) => {
      const conversation = this.find({ kind: 'service', name: service.name });
      if (conversation?.standing.value === 'in') conversation.standing.value = 'gone';
    });
    client.on('serviceCreated', ({ service }) => {
      const conversation = this.find({ kind: 'service', name: service.name });
      if (conversation?.standing.value === 'gone') void this.join(conversation.id);
    });
    client.on('reconnected', () => {
      for (const { id, standing } of this.#conversations.value.values())
        if (standing.value !== 'out') void this.join(id);
    });
  }

  /** Conversations by key, in the order in which they began. */
  get conversations(): ReadonlySignal<ReadonlyMap<string, Conversation>> {
    return this.#conversations;
  }

  /** A conversation, where there is one. */
  find(id: ConversationId): Conversation | undefined {
    return this.#conversations.value.get(keyOf(id));
  }

  /** The conversation, begun if need be. It takes no part in it: see `join`. */
  open(id: ConversationId): Conversation {
    const known = this.#conversations.peek().get(keyOf(id));
    if (known) return known;
    const conversation = new Conversation(id);
    const all = new Map(this.#conversations.peek()).set(conversation.key, conversation);
    const direct = [...all.values()].filter(
      (one) => one.id.kind === 'client' && !one.isWatched && one !== conversation,
    );
    if (direct.length >= mostDirect) {
      // Rather those in which one has said nothing.
      const oldest = direct.find(({ said }) => said.peek() === 0) ?? direct[0];
      if (oldest) all.delete(oldest.key);
    }
    this.#conversations.value = all;
    return conversation;
  }

  /** Joins a room, or subscribes to a service. What goes wrong is the conversation's `fault`. */
  async join(id: ConversationId): Promise<void> {
    const conversation = this.open(id);
    if (id.kind !== 'room' && id.kind !== 'service') return;
    const before = conversation.standing.value;
    if (before !== 'in') conversation.standing.value = 'joining';
    try {
      conversation.members.value = new Set(
        id.kind === 'room' ? await this.#enter(id.name) : await this.#subscribe(id.name),
      );
      conversation.standing.value = 'in';
      conversation.fault.value = null;
    } catch (error) {
      conversation.standing.value = id.kind === 'service' && (before === 'in' || before === 'gone') ? 'gone' : 'out';
      conversation.fault.value = faultOf(error, id);
    }
  }

  /** Leaves a room, unsubscribes from a service, or forgets what was said with a client. */
  async leave({ id, key }: Conversation): Promise<void> {
    const all = new Map(this.#conversations.value);
    all.delete(key);
    this.#conversations.value = all;
    try {
      if (id.kind === 'room') await this.#client.leaveRoom(id.name);
      if (id.kind === 'service') await this.#client.unsubscribe(id.name);
    } catch {
      // It is no more, or the link is lost: either way one isn't in it.
    }
  }

  /** Says something. It is shown at once; how far it got is its state. */
  say(conversation: Conversation, text: string): void {
    const { name, nickname, uuid } = this.#client;
    const message: Message = {
      id: this.#nextId++,
      at: Date.now(),
      author: { name, nickname, isOperator: false, via: null },
      content: { kind: 'text', text },
      isOwn: true,
    };
    conversation.add(message);
    conversation.publish();
    conversation.said.value++;
    void this.#deliver(conversation, message, dataOf({ name, nickname, uuid }, text));
  }

  /** Says again what didn't get through. */
  sayAgain(conversation: Conversation, message: Message): void {
    if (message.content.kind !== 'text' || message.state !== 'failed') return;
    void this.#deliver(conversation, message, dataOf(this.#client, message.content.text));
  }

  async #deliver(conversation: Conversation, message: Message, data: unknown): Promise<void> {
    const show = (state: NonNullable<Message['state']>, fault?: string) => {
      Object.assign(message, { state, fault });
      conversation.touch(message);
    };
    const target = targetOf(conversation.id);
    if (!target) return;
    show('pending');
    if (target.type === 'SERVICE') this.#awaitEcho(conversation, message);
    try {
      await this.#client.send(target, data);
      show('sent');
    } catch (error) {
      show('failed', faultOf(error, conversation.id));
    }
  }

  // The ones that said most give way.
  #forget(): void {
    const all = [...this.#conversations.peek().values()];
    let weight = all.reduce((sum, one) => sum + one.weight, 0);
    while (weight > heaviest) {
      const loudest = all.reduce((most, one) => (one.weight > most.weight ? one : most));
      const before = loudest.weight;
      if (!loudest.forgetSome()) return;
      weight -= before - loudest.weight;
    }
  }

  #receive(origin: Origin, target: Target, data: unknown): void {
    const id = whereOf(origin, target);
    // Of rooms and services only what one joined here: other pages have subscriptions of their own.
    const conversation = id && (id.kind === 'client' || id.kind === 'everyone' ? this.open(id) : this.find(id));
    if (!conversation || this.#isEcho(conversation, data)) return;
    conversation.add({
      id: this.#nextId++,
      at: Date.now(),
      author: authorOf(origin, data),
      content: contentOf(data),
      isOwn: origin.uuid === this.#client.uuid,
    });
    this.#touched.add(conversation);
    this.#publish();
  }

  // A service that says to all what one told it says it to oneself too: that is the message which is shown already.
  #isEcho(conversation: Conversation, data: unknown): boolean {
    const waiting = this.#unechoed.get(conversation);
    if (!waiting?.length || relayedUuid(data) !== this.#client.uuid) return false;
    const content = contentOf(data);
    const index = waiting.findIndex(
      (own) => own.content.kind === 'text' && content.kind === 'text' && own.content.text === content.text,
    );
    if (index >= 0) waiting.splice(index, 1);
    return index >= 0;
  }

  #awaitEcho(conversation: Conversation, message: Message): void {
    const waiting = this.#unechoed.get(conversation) ?? [];
    // Not every service says it: what was longest ago won't come any more.
    this.#unechoed.set(conversation, [...waiting.filter((one) => one !== message).slice(-99), message]);
  }

  #came(id: ConversationId, { uuid }: ClientInfo): void {
    const conversation = this.find(id);
    if (conversation) conversation.members.value = new Set(conversation.members.value).add(uuid);
  }

  #went(id: ConversationId, { uuid }: ClientInfo): void {
    const conversation = this.find(id);
    if (conversation)
      conversation.members.value = new Set([...conversation.members.value].filter((member) => member !== uuid));
  }

  async #enter(room: string): Promise<readonly string[]> {
    return (await this.#client.joinRoom(room)).room.members;
  }

  async #subscribe(service: string): Promise<readonly string[]> {
    await this.#client.subscribe(service);
    // Answers to a subscription have no more than 256 subscribers; those to a fetch have them all.
    return (await this.#client.fetchService(service)).subscribers;
  }
}

function targetOf({ kind, name }: ConversationId): Target | null {
  switch (kind) {
    case 'room':
      return { type: 'ROOM', room: name };
    case 'service':
      return { type: 'SERVICE', service: name };
    case 'client':
      return { type: 'NAME', name };
    case 'everyone':
      return null;
  }
}

function whereOf(origin: Origin, target: Target): ConversationId | null {
  if (target.type === 'ROOM') return { kind: 'room', name: target.room };
  if (target.type === 'ALL') return { kind: 'everyone', name: '' };
  if (origin.service) return { kind: 'service', name: origin.service.name };
  return { kind: 'client', name: origin.name };
}
