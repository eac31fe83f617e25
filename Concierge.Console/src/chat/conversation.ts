import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { ConversationId } from '../app/routes';
import { type Author, type Content, weightOf } from './content';

/** How many messages a conversation keeps; the oldest go first, a block at a time. */
export const capacity = 10_000;
/** How much of it a conversation keeps, as {@link weightOf} has it: one message may have a megabyte. */
export const heaviest = 16_000_000;
/** How many messages are rendered together, see `Block`; those of great weight are fewer. */
export const blockSize = 100;

/** One message as it is shown. Only the state of one's own messages changes. */
export interface Message {
  readonly id: number;
  /** When it came or was sent, in ms since 1970. */
  readonly at: number;
  readonly author: Author;
  readonly content: Content;
  readonly isOwn: boolean;
  /** Of one's own messages: how far it is on its way. */
  state?: 'pending' | 'sent' | 'failed';
  /** Why it failed, and what to do. */
  fault?: string | undefined;
}

/** Up to 100 messages that follow one another. What is complete is never rendered again; a new message costs the last block. */
export interface Block {
  readonly id: number;
  readonly messages: ReadonlySignal<readonly Message[]>;
}

/** From here on a block takes no further messages. */
const blockWeight = heaviest / 32;

interface GrowingBlock extends Block {
  weight: number;
  readonly messages: Signal<readonly Message[]>;
}

/** Whether one takes part: `gone` is a service that isn't there at present. */
export type Standing = 'out' | 'joining' | 'in' | 'gone';

/** The key of a conversation in maps. */
export function keyOf({ kind, name }: ConversationId): string {
  return `${kind}:${name}`;
}

/**
 * What was said in a room, by a service or to one, with a client, or to everyone; who takes part, and what is being typed. Messages are
 * queued by `add`, and shown by `publish`: once a frame, however many there are.
 */
export class Conversation {
  readonly key: string;
  readonly blocks = signal<readonly Block[]>([]);
  /** How many came since the person last saw the end. */
  readonly unread = signal(0);
  /** How many are no longer kept. */
  readonly dropped = signal(0);
  readonly standing = signal<Standing>('out');
  /** Why one couldn't join, if so. */
  readonly fault = signal<string | null>(null);
  /** The uuids of those who take part. */
  readonly members = signal<ReadonlySet<string>>(new Set());
  /** What is being typed. */
  readonly draft = signal('');
  /** How often one has said something oneself. */
  readonly said = signal(0);
  readonly #growing: GrowingBlock[] = [];
  #queue: { readonly message: Message; readonly weight: number }[] = [];
  #queued = 0;
  #kept = 0;
  #weight = 0;
  #unread = 0;
  #nextBlock = 0;
  #watched = false;

  constructor(readonly id: ConversationId) {
    this.key = keyOf(id);
  }

  /** Whether the person sees the end of it now: what comes meanwhile is read. */
  get isWatched(): boolean {
    return this.#watched;
  }

  set isWatched(watched: boolean) {
    this.#watched = watched;
    if (watched) this.unread.value = this.#unread = 0;
  }

  /** Appends a message; it is shown with the next `publish`. */
  add(message: Message): void {
    const weight = weightOf(message.content);
    this.#queue.push({ message, weight });
    this.#queued += weight;
    if (!this.#watched && !message.isOwn && message.content.kind !== 'status') this.#unread++;
    // Nobody may be publishing for minutes: browsers put hidden tabs to sleep.
    if (this.#queue.length >= capacity || this.#queued >= heaviest) this.publish();
  }

  /** Shows what was added. */
  publish(): void {
    if (this.#queue.length === 0) return;
    for (let taken = 0; taken < this.#queue.length;) {
      const last = this.#growing.at(-1);
      const block = last && hasRoom(last, 0) ? last : this.#begin();
      const more: Message[] = [];
      for (let next = this.#queue[taken]; next && hasRoom(block, more.length); next = this.#queue[++taken]) {
        more.push(next.message);
        block.weight += next.weight;
      }
      block.messages.value = [...block.messages.peek(), ...more];
    }
    this.#kept += this.#queue.length;
    this.#weight += this.#queued;
    this.#queue = [];
    this.#queued = 0;
    while (this.#kept > capacity || (this.#weight > heaviest && this.#growing.length > 1)) this.#dropOldest();
    this.#show();
  }

  /** How much of it is kept. */
  get weight(): number {
    return this.#weight;
  }

  /** Lets go of its oldest messages, as others need the room; of what the person sees the end of, not the last ones. */
  forgetSome(): boolean {
    if (this.#growing.length <= (this.#watched ? 1 : 0)) return false;
    this.#dropOldest();
    this.#show();
    return true;
  }

  /** Shows that a message's state has changed. */
  touch(message: Message): void {
    const block = this.#growing.findLast(({ messages }) => messages.peek().includes(message));
    if (block) block.messages.value = [...block.messages.peek()];
  }

  #show(): void {
    const [shown, now] = [this.blocks.peek(), this.#growing];
    if (shown[0] !== now[0] || shown.at(-1) !== now.at(-1)) this.blocks.value = [...now];
    this.unread.value = this.#unread;
  }

  #begin(): GrowingBlock {
    const block = { id: this.#nextBlock++, messages: signal<readonly Message[]>([]), weight: 0 };
    this.#growing.push(block);
    return block;
  }

  #dropOldest(): void {
    const oldest = this.#growing.shift();
    const count = oldest?.messages.peek().length ?? 0;
    this.#kept -= count;
    this.#weight -= oldest?.weight ?? 0;
    this.dropped.value += count;
  }
}

function hasRoom({ messages, weight }: GrowingBlock, more: number): boolean {
  return messages.peek().length + more < blockSize && weight < blockWeight;
}
