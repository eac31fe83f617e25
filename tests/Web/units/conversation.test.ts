import { expect, test } from '@playwright/test';
import {
  blockSize,
  capacity,
  Conversation,
  heaviest,
  type Message,
} from '../../../Concierge.Console/src/chat/conversation';

let nextId = 0;

function message(text: string, more: Partial<Message> = {}): Message {
  const author = { name: 'bob', nickname: null, isOperator: false, via: null };
  return { id: nextId++, at: 0, author, content: { kind: 'text', text }, isOwn: false, ...more };
}

function fill(conversation: Conversation, count: number): void {
  for (let i = 0; i < count; i++) conversation.add(message(`${i}`));
  conversation.publish();
}

const room = () => new Conversation({ kind: 'room', name: '__proto__' });
const all = (conversation: Conversation) => conversation.blocks.value.flatMap(({ messages }) => messages.value);

test('Messages are shown in their order, once published', () => {
  const conversation = room();
  fill(conversation, 2 * blockSize + 1);
  expect(all(conversation).map(({ content }) => content)).toEqual(
    Array.from({ length: 2 * blockSize + 1 }, (_, i) => ({ kind: 'text', text: `${i}` })),
  );
  conversation.add(message('later'));
  expect(all(conversation)).toHaveLength(2 * blockSize + 1);
});

test('A new message changes the last block, and no other', () => {
  const conversation = room();
  fill(conversation, blockSize + 1);
  const [blocks, first] = [conversation.blocks.value, conversation.blocks.value[0]?.messages.value];
  fill(conversation, 1);
  expect(conversation.blocks.value).toBe(blocks);
  expect(blocks[0]?.messages.value).toBe(first);
  expect(blocks[1]?.messages.value).toHaveLength(2);
});

test('The oldest go where there are too many, and are counted', () => {
  const conversation = room();
  fill(conversation, capacity);
  expect(conversation.dropped.value).toBe(0);
  fill(conversation, 1);
  expect(all(conversation)).toHaveLength(capacity - blockSize + 1);
  expect(conversation.dropped.value).toBe(blockSize);
  expect(all(conversation)[0]?.content).toEqual({ kind: 'text', text: `${blockSize}` });
});

test('Long messages are bounded by their length, texts and others, published or not', () => {
  const values = [() => 'x'.repeat(1_000_000), () => ({ list: Array.from({ length: 100_000 }, () => ({})) })];
  for (const value of values) {
    const conversation = room();
    const said = () => {
      const text = value();
      return message('', {
        content: typeof text === 'string' ? { kind: 'text', text } : { kind: 'json', type: null, value: text },
      });
    };
    for (let i = 0; i < 50; i++) {
      conversation.add(said());
      if (i % 2 === 0) conversation.publish();
    }
    conversation.publish();
    expect(conversation.weight).toBeLessThanOrEqual(heaviest);
    expect(all(conversation).length).toBeGreaterThan(1);
    expect(all(conversation).length + conversation.dropped.value).toBe(50);
  }
});

test('What gives way to others keeps what the person sees the end of', () => {
  const conversation = room();
  fill(conversation, blockSize + 1);
  conversation.isWatched = true;
  expect(conversation.forgetSome()).toBe(true);
  expect(all(conversation)).toHaveLength(1);
  expect(conversation.forgetSome()).toBe(false);
  conversation.isWatched = false;
  expect(conversation.forgetSome()).toBe(true);
  expect(all(conversation)).toEqual([]);
  expect(conversation.dropped.value).toBe(blockSize + 1);
});

test('A flood that nobody publishes is bounded all the same', () => {
  const conversation = room();
  for (let i = 0; i < 3 * capacity + 5; i++) conversation.add(message(`${i}`));
  expect(all(conversation).length).toBeLessThanOrEqual(capacity);
  conversation.publish();
  expect(all(conversation).length + conversation.dropped.value).toBe(3 * capacity + 5);
  expect(all(conversation).at(-1)?.content).toEqual({ kind: 'text', text: `${3 * capacity + 4}` });
});

test('What others say is unread until the end is seen', () => {
  const conversation = room();
  conversation.add(message('one'));
  conversation.add(message('mine', { isOwn: true }));
  conversation.add(message('bob joined', { content: { kind: 'status', text: 'bob joined' } }));
  conversation.publish();
  expect(conversation.unread.value).toBe(1);
  conversation.isWatched = true;
  fill(conversation, 5);
  expect(conversation.unread.value).toBe(0);
  conversation.isWatched = false;
  fill(conversation, 2);
  expect(conversation.unread.value).toBe(2);
});

test('A message whose state changes is rendered again, and its block alone', () => {
  const conversation = room();
  const mine = message('mine', { isOwn: true, state: 'pending' });
  conversation.add(mine);
  fill(conversation, blockSize);
  const before = conversation.blocks.value.map(({ messages }) => messages.value);
  mine.state = 'sent';
  conversation.touch(mine);
  const after = conversation.blocks.value.map(({ messages }) => messages.value);
  expect(after[0]).not.toBe(before[0]);
  expect(after[1]).toBe(before[1]);
});
