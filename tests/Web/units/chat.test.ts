import { expect, test } from '@playwright/test';
import {
  RequestRefusedError,
  type ClientEvents,
  type ConciergeClient,
  type Origin,
  type Target,
} from '@concierge/client';
import { Chat } from '../../../Concierge.Console/src/chat/chat';

/** As much of a client as a chat needs: what it is told, and what it was asked. */
class Wire {
  readonly name = 'ada';
  readonly nickname = null;
  readonly uuid = 'ada-uuid';
  readonly sent: { target: Target; data: unknown }[] = [];
  answer: () => Promise<void> = () => Promise.resolve();
  members = ['ada-uuid', 'bob-uuid'];
  readonly #handlers = new Map<string, (event: never) => void>();

  on(event: string, handler: (event: never) => void): () => void {
    this.#handlers.set(event, handler);
    return () => this.#handlers.delete(event);
  }

  tell<K extends keyof ClientEvents>(event: K, told: ClientEvents[K]): void {
    this.#handlers.get(event)?.(told as never);
  }

  async send(target: Target, data: unknown): Promise<void> {
    this.sent.push({ target, data });
    await this.answer();
  }

  joinRoom = (name: string) => Promise.resolve({ changed: true, room: { name, members: this.members } });
  leaveRoom = this.joinRoom;
  subscribe = (name: string) => Promise.resolve({ changed: true, service: { name } });
  fetchService = (name: string) => Promise.resolve({ name, subscribers: this.members });
}

const bob: Origin = { name: 'bob', nickname: null, uuid: 'bob-uuid', tags: [], service: null };
const service = { name: 'chat_service', nickname: null, ownerUuid: 'owner', subscribers: [] };
const room = { kind: 'room', name: 'workshop' } as const;

function begin() {
  const wire = new Wire();
  const chat = new Chat(wire as unknown as ConciergeClient, (publish) => publish);
  const said = (id: Parameters<Chat['find']>[0]) =>
    chat.find(id)?.blocks.value.flatMap(({ messages }) => messages.value) ?? [];
  return { wire, chat, said };
}

test('What is said in a room is shown to who has joined it, and to nobody else', async () => {
  const { wire, chat, said } = begin();
  wire.tell('message', { origin: bob, target: { type: 'ROOM', room: 'workshop' }, data: 'too early' });
  await chat.join(room);
  wire.tell('message', { origin: bob, target: { type: 'ROOM', room: 'workshop' }, data: 'hello' });
  expect(said(room).map(({ content }) => content)).toEqual([{ kind: 'text', text: 'hello' }]);
  expect(chat.unread.value).toBe(1);
});

test('A direct message begins a conversation with its sender', () => {
  const { wire, said } = begin();
  wire.tell('message', { origin: bob, target: { type: 'NAME', name: 'ada' }, data: 'psst' });
  expect(said({ kind: 'client', name: 'bob' })).toHaveLength(1);
});

test('Telemetry that another page has subscribed to is no chat', () => {
  const { wire, chat } = begin();
  const robot = { ...service, name: 'robot/r1' };
  wire.tell('message', {
    origin: { ...bob, service: robot },
    target: { type: 'SERVICE', service: 'robot/r1' },
    data: {},
  });
  expect(chat.conversations.value.size).toBe(0);
});

test('Conversations that strangers begin are bounded', () => {
  const { wire, chat } = begin();
  chat.say(chat.open({ kind: 'client', name: 'eve' }), 'hello');
  for (let i = 0; i < 1000; i++)
    wire.tell('message', {
      origin: { ...bob, name: `stranger_${i}` },
      target: { type: 'UUID', uuid: 'ada-uuid' },
      data: 'hi',
    });
  expect(chat.conversations.value.size).toBeLessThanOrEqual(201);
  expect(chat.find({ kind: 'client', name: 'eve' })).toBeDefined();
  expect(chat.find({ kind: 'client', name: 'stranger_999' })).toBeDefined();
});

test('One’s own message is pending, then sent', async () => {
  const { wire, chat, said } = begin();
  await chat.join(room);
  const conversation = chat.open(room);
  let done = () => {};
  wire.answer = () => new Promise((resolve) => (done = resolve));
  chat.say(conversation, 'hello');
  expect(said(room)).toMatchObject([{ isOwn: true, state: 'pending' }]);
  done();
  await expect.poll(() => said(room)[0]?.state).toBe('sent');
});

test('A message that failed says why, and goes again when asked to', async () => {
  const { wire, chat, said } = begin();
  const direct = { kind: 'client', name: 'bob' } as const;
  wire.answer = () => Promise.reject(new RequestRefusedError('no', 'INVALID_NAME', 'bob'));
  chat.say(chat.open(direct), 'hello');
  await expect.poll(() => said(direct)[0]).toMatchObject({ state: 'failed', fault: expect.stringContaining('bob') });
  wire.answer = () => Promise.resolve();
  const [failed] = said(direct);
  if (failed) chat.sayAgain(chat.open(direct), failed);
  await expect.poll(() => said(direct)[0]?.state).toBe('sent');
  expect(wire.sent).toHaveLength(2);
  expect(said(direct)).toHaveLength(1);
});

test('A service that says to all what one told it is not heard twice', async () => {
  const { wire, chat, said } = begin();
  const id = { kind: 'service', name: 'chat_service' } as const;
  await chat.join(id);
  chat.say(chat.open(id), 'hello');
  const echo = { type: 'TEXT', author: 'ada', author_uuid: 'ada-uuid', text: 'hello' };
  const heard = {
    origin: { ...bob, service },
    target: { type: 'SERVICE', service: 'chat_service' },
    data: echo,
  } as const;
  wire.tell('message', heard);
  expect(said(id)).toHaveLength(1);
  wire.tell('message', heard);
  expect(said(id)).toHaveLength(2);
});

test('Members come and go, and are asked for again after a reconnect', async () => {
  const { wire, chat } = begin();
  await chat.join(room);
  const { members } = chat.open(room);
  wire.tell('roomJoined', { client: { ...bob, uuid: 'eve-uuid' }, room: 'workshop' });
  wire.tell('roomLeft', { client: bob, room: 'workshop' });
  expect([...members.value]).toEqual(['ada-uuid', 'eve-uuid']);
  wire.members = ['ada-2-uuid'];
  wire.tell('reconnected', { lostServices: [], lostSubscriptions: [], lostRooms: [] });
  await expect.poll(() => [...members.value]).toEqual(['ada-2-uuid']);
});

test('A service that goes and comes back is subscribed to again', async () => {
  const { wire, chat } = begin();
  const id = { kind: 'service', name: 'chat_service' } as const;
  await chat.join(id);
  const { standing } = chat.open(id);
  wire.tell('serviceDeleted', { service });
  expect(standing.value).toBe('gone');
  wire.tell('serviceCreated', { service });
  await expect.poll(() => standing.value).toBe('in');
});
