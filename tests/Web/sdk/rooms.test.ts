import { expect, test, unique } from '../fixtures/clients.js';
import { next, record } from '../fixtures/occurrences.js';

test('People in a room hear each other, who comes and who goes', async ({ connect }) => {
  const [ann, bob, eve] = [await connect(), await connect(), await connect()];
  const room = unique('room');
  expect(await ann.joinRoom(room)).toEqual({ changed: true, room: { name: room, members: [ann.uuid] } });
  expect((await ann.joinRoom(room)).changed).toBe(false);

  const joined = next(ann, 'roomJoined');
  await bob.joinRoom(room);
  expect(await joined).toEqual({ client: { name: bob.name, nickname: null, uuid: bob.uuid, tags: [] }, room });
  expect(new Set((await eve.fetchRoom(room)).members)).toEqual(new Set([ann.uuid, bob.uuid]));
  expect((await eve.fetchRooms()).map(({ name }) => name)).toContain(room);

  const overheard = record(eve, 'message');
  const heard = next(bob, 'message');
  const echoed = record(ann, 'message');
  await ann.send({ type: 'ROOM', room }, { type: 'TEXT', text: 'hello' });
  expect(await heard).toMatchObject({
    target: { type: 'ROOM', room },
    data: { text: 'hello' },
    origin: { uuid: ann.uuid },
  });

  const left = next(bob, 'roomLeft');
  expect((await ann.leaveRoom(room)).changed).toBe(true);
  expect((await left).client.uuid).toBe(ann.uuid);
  expect(overheard).toEqual([]);
  expect(echoed).toEqual([]);
});
