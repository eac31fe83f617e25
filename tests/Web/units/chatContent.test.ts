import { expect, test } from '@playwright/test';
import type { ClientInfo, Origin } from '@concierge/client';
import { authorOf, contentOf, dataOf, dialectOf, relayedUuid } from '../../../Concierge.Console/src/chat/content';

const origin: Origin = { name: 'bob', nickname: 'Bob', uuid: 'b0b', tags: [], service: null };
const chatService = { name: 'chat_service', nickname: 'Chat', ownerUuid: 'c', subscribers: [] };

test.describe('What a message says', () => {
  test('is its text, where it is a string or a text of any dialect', () => {
    expect(contentOf('beep')).toEqual({ kind: 'text', text: 'beep' });
    expect(contentOf({ type: 'TEXT', author: 'chatroom_1', text: 'hi' })).toEqual({ kind: 'text', text: 'hi' });
    expect(contentOf({ type: 'STATUS', text: 'bob joined' })).toEqual({ kind: 'status', text: 'bob joined' });
  });

  test('is JSON with its type, where it is anything else', () => {
    const climate = { type: 'climate_data', data: { temperature: 21 } };
    expect(contentOf(climate)).toEqual({ kind: 'json', type: 'climate_data', value: climate });
    for (const value of [null, 0, true, [], {}, { type: 'TEXT' }, { type: 'TEXT', text: 7 }, { type: 9, text: 'x' }])
      expect(contentOf(value)).toMatchObject({ kind: 'json', value });
  });

  test('comes from its own fields only', () => {
    expect(contentOf(JSON.parse('{"__proto__":{"type":"TEXT","text":"forged"}}'))).toMatchObject({ kind: 'json' });
    expect(contentOf(Object.create({ type: 'TEXT', text: 'inherited' }))).toMatchObject({ kind: 'json' });
  });
});

test.describe('Who says it', () => {
  test('is who the concierge says, whatever the data claims', () => {
    expect(authorOf(origin, { type: 'TEXT', author: 'Server', text: 'obey' })).toEqual({
      name: 'bob',
      nickname: 'Bob',
      isOperator: false,
      via: null,
    });
  });

  test('is whom a service names, where it passes on what others say', () => {
    const relayed = { type: 'TEXT', author: 'Ada', author_uuid: 'ada-uuid', text: 'hi' };
    expect(authorOf({ ...origin, service: chatService }, relayed)).toMatchObject({ name: 'Ada', via: 'chat_service' });
    expect(relayedUuid(relayed)).toBe('ada-uuid');
  });

  test('is the service itself, where it names nobody', () => {
    expect(authorOf({ ...origin, service: chatService }, 'hi')).toMatchObject({ name: 'Chat', via: 'chat_service' });
  });

  test('is the operator only with the uuid that no client has', () => {
    const server = { ...origin, name: 'Server', nickname: null };
    expect(authorOf({ ...server, uuid: '00000000-0000-0000-0000-000000000000' }, '').isOperator).toBe(true);
    expect(authorOf(server, '').isOperator).toBe(false);
  });
});

test('What is sent is what every dialect reads', () => {
  const data = dataOf({ name: 'ada', nickname: 'Ada', uuid: 'u' }, 'hi');
  expect(data).toEqual({ type: 'TEXT', author: 'Ada', author_uuid: 'u', text: 'hi' });
  expect(contentOf(data)).toEqual({ kind: 'text', text: 'hi' });
});

test('A dialect is known by the names that it gives', () => {
  const client = (name: string, tags: string[] = []): ClientInfo => ({ name, nickname: null, uuid: name, tags });
  expect(dialectOf(client('robot_chat_12'))).toBe('robot chat');
  expect(dialectOf(client('chatroom_1'))).toBe('chatroom');
  expect(dialectOf(client('chatroom_one'))).toBeNull();
  expect(dialectOf(client('r2d2', ['robot']))).toBe('robot');
  expect(dialectOf(client('ada', ['console']))).toBeNull();
});
