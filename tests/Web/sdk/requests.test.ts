import { ConciergeError, ConnectionClosedError, RequestTimeoutError } from '@concierge/client';
import { next, record } from '../fixtures/occurrences.js';
import { expect, test } from '../fixtures/scripted.js';
import { unique } from '../fixtures/programs.js';

const nobody = '00000000-0000-4000-8000-000000000000';

test('A message reaches whom it names, by name, by uuid and all', async ({ connect }) => {
  const [ann, bob] = [await connect({ nickname: 'Ann' }), await connect()];
  for (const target of [{ type: 'NAME', name: bob.name }, { type: 'UUID', uuid: bob.uuid }, { type: 'ALL' }] as const) {
    const text = unique('hello');
    const came = next(bob, 'message', ({ data }) => data === text);
    await ann.send(target, text);
    const { origin, target: named } = await came;
    expect(origin).toEqual({ name: ann.name, nickname: 'Ann', uuid: ann.uuid, tags: [], service: null });
    expect(named).toEqual(target);
  }
});

test('Any JSON value goes through as it is', async ({ connect }) => {
  const [ann, bob] = [await connect(), await connect()];
  const values = [
    null,
    true,
    0,
    -1.5e-9,
    '',
    '"\u2028\ud83c\udf3b\\',
    [],
    {},
    [[{ a: [null] }]],
    JSON.parse('{"__proto__":{"x":1},"constructor":2}'),
  ];
  const received = record(bob, 'message');
  const last = next(bob, 'message', ({ data }) => data === 'last');
  for (const value of [...values, 'last']) await ann.send({ type: 'NAME', name: bob.name }, value);
  await last;
  expect(received.map(({ data }) => JSON.stringify(data))).toEqual(
    [...values, 'last'].map((value) => JSON.stringify(value)),
  );
});

test('What is no JSON value is not sent', async ({ connect }) => {
  const ann = await connect();
  const cycle: unknown[] = [];
  cycle.push(cycle);
  for (const value of [undefined, () => 1, 1n, cycle]) {
    await expect(ann.send({ type: 'ALL' }, value)).rejects.toBeInstanceOf(TypeError);
  }
  expect(await ann.ping()).toBeGreaterThan(0);
});

test('Hundreds of requests at once keep their order, and each gets its own answer', async ({ connect }) => {
  const [ann, bob] = [await connect(), await connect()];
  const received = record(bob, 'message');
  const last = next(bob, 'message', ({ data }) => data === 299);
  const asked = Array.from({ length: 300 }, async (_, n) => {
    const sent = ann.send({ type: 'NAME', name: bob.name }, n);
    const refused = ann.fetchService(`none/${n}`).catch((error: unknown) => error);
    await sent;
    return refused;
  });
  const refusals = await Promise.all(asked);
  await last;
  expect(received.map(({ data }) => data)).toEqual(Array.from({ length: 300 }, (_, n) => n));
  expect(refusals.map((error) => (error as { subject?: string }).subject)).toEqual(
    Array.from({ length: 300 }, (_, n) => `none/${n}`),
  );
});

test('Refusals say why, and go on', async ({ connect }) => {
  const [ann, bob] = [await connect(), await connect()];
  const service = unique('service');
  await bob.createService(service);
  const room = unique('room');
  await bob.joinRoom(room);
  const refused = (kind: string, subject?: string) =>
    expect.objectContaining({ name: 'RequestRefusedError', kind, ...(subject ? { subject } : {}) });
  await expect(ann.send({ type: 'NAME', name: 'nobody' }, 1)).rejects.toEqual(refused('INVALID_NAME', 'nobody'));
  await expect(ann.send({ type: 'UUID', uuid: nobody }, 1)).rejects.toEqual(refused('INVALID_UUID', nobody));
  await expect(ann.send({ type: 'SERVICE', service: 'no/service' }, 1)).rejects.toEqual(
    refused('INVALID_SERVICE', 'no/service'),
  );
  await expect(ann.send({ type: 'ROOM', room: 'no-room' }, 1)).rejects.toEqual(refused('INVALID_ROOM', 'no-room'));
  await expect(ann.send({ type: 'SERVICE', service }, 1)).rejects.toEqual(refused('BAD'));
  await expect(ann.send({ type: 'ROOM', room }, 1)).rejects.toEqual(refused('BAD'));
  await expect(ann.deleteService(service)).rejects.toEqual(refused('BAD'));
  await expect(ann.createService('two words')).rejects.toEqual(refused('ERROR_PROTOCOL'));
  await expect(ann.fetchClient('no uuid')).rejects.toEqual(refused('ERROR_PROTOCOL'));
  await expect(ann.fetchRoom('no-room')).rejects.toEqual(refused('INVALID_ROOM', 'no-room'));
  expect(ann.state).toBe('connected');
});

test('Who is there is told to who asks', async ({ connect }) => {
  const [ann, bob] = [await connect(), await connect()];
  const service = unique('service');
  await bob.createService(service, 'A service');
  await ann.subscribe(service);
  const expected = { name: service, nickname: 'A service', ownerUuid: bob.uuid, subscribers: [ann.uuid] };
  expect(await ann.fetchService(service)).toEqual(expected);
  expect(await ann.fetchServices()).toContainEqual(expected);
  expect((await ann.fetchClients()).map(({ uuid }) => uuid)).toEqual(expect.arrayContaining([ann.uuid, bob.uuid]));
  const details = await bob.fetchClient(ann.uuid);
  expect(details.client.name).toBe(ann.name);
  expect(details.subscriptions.map(({ name }) => name)).toEqual([service]);
});

test('A request without an answer is given up, and a late answer is nobody’s', async ({ concierge, connect }) => {
  const [connection, ann] = await Promise.all([
    concierge.welcome(),
    connect({ url: concierge.url, requestTimeout: 50 }),
  ]);
  const faults = record(ann, 'fault');
  await expect(ann.fetchServices()).rejects.toBeInstanceOf(RequestTimeoutError);
  connection.answer({ type: 'SERVICE_FETCH_ALL_RESULT', services: [] });
  const clients = ann.fetchClients();
  connection.answer({ type: 'CLIENT_FETCH_ALL_RESULT', clients: [] });
  expect(await clients).toEqual([]);
  expect(faults).toEqual([]);
});

test('Requests beyond the bound are refused at once, and fit again after answers', async ({ concierge, connect }) => {
  const [connection, ann] = await Promise.all([concierge.welcome(), connect({ url: concierge.url, maxUnanswered: 2 })]);
  const first = [ann.fetchRooms(), ann.fetchRooms()];
  const error = await ann.fetchRooms().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ConciergeError);
  expect(String(error)).toContain('maxUnanswered');
  connection.answer({ type: 'ROOM_FETCH_ALL_RESULT', rooms: [] });
  connection.answer({ type: 'ROOM_FETCH_ALL_RESULT', rooms: [] });
  await Promise.all(first);
  const again = ann.fetchRooms();
  connection.answer({ type: 'ROOM_FETCH_ALL_RESULT', rooms: [] });
  expect(await again).toEqual([]);
});

test('After close everything is refused, and closing again is nothing', async ({ connect }) => {
  const ann = await connect();
  const closed = record(ann, 'closed');
  const under = ann.fetchServices();
  under.catch(() => undefined);
  await Promise.all([ann.close(), ann.close()]);
  await ann.close();
  expect(ann.state).toBe('closed');
  expect(closed).toEqual([{ reason: null }]);
  await expect(under).rejects.toBeInstanceOf(ConnectionClosedError);
  await expect(ann.fetchServices()).rejects.toBeInstanceOf(ConnectionClosedError);
});
