import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { ConversationId } from '../app/routes';
import type { Author, Content } from './content';

/** How many messages a conversation keeps; the oldest go first, a block at a time. */
export const capacity = 10_000;
/** How many messages are rendered together, see `Block`. */
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

interface GrowingBlock extends Block {
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
  #queue: Message[] = [];
  #kept = 0;
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
    this.#queue.push(message);
    if (!this.#watched && !message.isOwn && message.content.kind !== 'status') this.#unread++;
    // Nobody may be publishing for minutes: browsers put hidden tabs to sleep.
    if (this.#queue.length >= capacity) this.publish();
  }

  /** Shows what was added. */
  publish(): void {
    if (this.#queue.length === 0) return;
    for (let taken = 0; taken < this.#queue.length;) {
      const last = this.#growing.at(-1);
      const block = last && last.messages.peek().length < blockSize ? last : this.#begin();
      const before = block.messages.peek();
      const more = this.#queue.slice(taken, taken + blockSize - before.length);
      block.messages.value = [...before, ...more];
      taken += more.length;
    }
    this.#kept += this.#queue.length;
    this.#queue = [];
    while (this.#kept > capacity) this.#dropOldest();
    if (this.blocks.peek().at(-1) !== this.#growing.at(-1)) this.blocks.value = [...this.#growing];
    this.unread.value = this.#unread;
  }

  /** Shows that a message's state has changed. */
  touch(message: Message): void {
    const block = this.#growing.findLast(({ messages }) => messages.peek().includes(message));
    if (block) block.messages.value = [...block.messages.peek()];
  }

  #begin(): GrowingBlock {
    const block = { id: this.#nextBlock++, messages: signal<readonly Message[]>([]) };
    this.#growing.push(block);
    return block;
  }

  // Only a new block makes one too many: so the last block has changed too, and the list is shown anew.
  #dropOldest(): void {
    const oldest = this.#growing.shift()?.messages.peek().length ?? 0;
    this.#kept -= oldest;
    this.dropped.value += oldest;
  }
}
