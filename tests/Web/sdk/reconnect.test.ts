import { ConnectionClosedError } from '@concierge/client';
import { next, record } from '../fixtures/occurrences.js';
import { unique } from '../fixtures/programs.js';
import { Proxy } from '../fixtures/proxy.js';
import { expect, type ScriptedConnection, test } from '../fixtures/scripted.js';

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  test(`After a node’s ${signal} and restart a client has what it had`, async ({ programs, connect }) => {
    const node = await programs.node();
    const [ann, bob] = [await connect({ url: node.url, nickname: 'Ann' }), await connect({ url: node.url })];
    await ann.setNickname('Annie');
    let subscribed = () => {};
    const service = await bob.serve('__proto__', {
      nickname: 'Echo',
      onMessage: (origin, data, echo) => echo.sendTo(origin.uuid, data),
      onSubscribed: () => subscribed(),
    });
    await ann.createService('plain', 'Plain');
    await ann.subscribe('__proto__');
    await ann.subscribe('plain');
    await ann.joinRoom('lobby');
    await ann.joinRoom('left-again');
    await ann.leaveRoom('left-again');
    const uuid = ann.uuid;

    const lost = next(ann, 'disconnected');
    const back = [next(ann, 'reconnected'), next(bob, 'reconnected')];
    const welcomed = new Promise<void>((resolve) => (subscribed = resolve));
    await node.restart(signal);
    expect(await lost).toMatchObject({ willRetry: true, reason: { code: signal === 'SIGTERM' ? 1001 : undefined } });
    expect((await back[0])?.lostServices).toEqual([]);
    await Promise.all([...back, welcomed]);

    expect(ann.state).toBe('connected');
    expect(ann.uuid).not.toBe(uuid);
    const self = await ann.fetchSelf();
    expect(self.client).toMatchObject({ name: ann.name, nickname: 'Annie', uuid: ann.uuid });
    expect(new Set(self.subscriptions.map(({ name }) => name))).toEqual(new Set(['__proto__', 'plain']));
    expect(await ann.fetchService('plain')).toMatchObject({ nickname: 'Plain', ownerUuid: ann.uuid });
    expect(await ann.fetchRooms()).toEqual([{ name: 'lobby', members: [ann.uuid] }]);
    const echo = next(ann, 'message');
    await ann.send({ type: 'SERVICE', service: '__proto__' }, 'still there?');
    expect((await echo).data).toBe('still there?');
    expect(service.subscribers.map(({ uuid }) => uuid)).toEqual([ann.uuid]);
  });
}

test('A link that breaks is made again, and nothing is sent again by itself', async ({ node, connect }) => {
  const proxy = await Proxy.before(node.url);
  const [ann, bob] = [await connect({ url: proxy.through(node.url) }), await connect()];
  const received = record(bob, 'message');
  const lost = next(ann, 'disconnected');
  proxy.cut();
  await lost;
  expect(ann.state).toBe('reconnecting');
  await expect(ann.send({ type: 'NAME', name: bob.name }, 'lost')).rejects.toBeInstanceOf(ConnectionClosedError);
  const attempts = record(ann, 'reconnecting');
  await next(ann, 'reconnecting', ({ attempt }) => attempt === 3);
  expect(attempts.every(({ delay }) => delay >= 0 && delay <= 50)).toBe(true);
  const back = next(ann, 'reconnected');
  proxy.heal();
  await back;
  const heard = next(bob, 'message');
  await ann.send({ type: 'NAME', name: bob.name }, 'heard');
  await heard;
  expect(received.map(({ data }) => data)).toEqual(['heard']);
  await ann.close();
  await proxy.close();
});

test('A link that stalls without a word is noticed', async ({ node, connect }) => {
  const proxy = await Proxy.before(node.url);
  const ann = await connect({ url: proxy.through(node.url), keepAlive: 50 });
  const lost = next(ann, 'disconnected');
  const back = next(ann, 'reconnected');
  proxy.stall();
  expect((await lost).reason).toMatchObject({ code: undefined, message: expect.stringContaining('100 ms') });
  proxy.heal();
  await back;
  await ann.close();
  await proxy.close();
});

test('A link on which only probes are answered lives on', async ({ concierge, connect }) => {
  const [connection, ann] = await Promise.all([concierge.welcome(), connect({ url: concierge.url, keepAlive: 20 })]);
  const lost = record(ann, 'disconnected');
  for (let probes = 0; probes < 5; probes++) {
    const { type, uuid } = await connection.read();
    expect({ type, uuid }).toEqual({ type: 'CLIENT_FETCH', uuid: '00000000-0000-0000-0000-000000000000' });
    connection.answer({ type: 'INVALID_UUID', uuid });
  }
  expect(lost).toEqual([]);
});

test('What others took or ended in the meantime is told, and a service that comes back is subscribed to again', async ({
  node,
  connect,
}) => {
  const proxy = await Proxy.before(node.url);
  const [ann, bob] = [await connect({ url: proxy.through(node.url) }), await connect()];
  const [mine, his] = [unique('mine'), unique('his')];
  await ann.createService(mine);
  await bob.createService(his);
  await ann.subscribe(his);

  const gone = next(bob, 'clientLeft', ({ client }) => client.uuid === ann.uuid);
  proxy.cut();
  await gone;
  await bob.createService(mine);
  await bob.deleteService(his);
  const back = next(ann, 'reconnected');
  proxy.heal();
  expect(await back).toEqual({ lostServices: [mine], lostSubscriptions: [his], lostRooms: [] });

  const again = next(ann, 'serviceSubscribed', ({ service }) => service.name === his);
  await bob.createService(his);
  expect((await again).client.uuid).toBe(ann.uuid);
  await ann.close();
  await proxy.close();
});

test('A refusal that would be the same again is the end; a name that is still taken is tried again', async ({
  concierge,
  connect,
}) => {
  const [first, ann] = await Promise.all([concierge.welcome(), connect({ url: concierge.url })]);
  const faults = record(ann, 'fault');
  const back = next(ann, 'reconnected');
  first.close(1001);
  (await concierge.accept()).close(4005); // The concierge has not noticed yet that the old link is gone.
  const second = await concierge.welcome();
  await back;
  expect(faults.map(({ error }) => (error as ConnectionClosedError).code)).toEqual([4005]);

  const [lost, closed] = [next(ann, 'disconnected', ({ willRetry }) => !willRetry), next(ann, 'closed')];
  second.cut();
  (await concierge.accept()).close(4006);
  expect((await lost).reason.code).toBe(4006);
  expect((await closed).reason?.code).toBe(4006);
  expect(ann.state).toBe('closed');
  await expect(ann.ping()).rejects.toMatchObject({ code: 4006 });
});

test('What the concierge refuses to give back is lost, and nothing else', async ({ concierge, connect }) => {
  const uuids = ['a', 'b'] as const;
  const [first, ann] = await Promise.all([concierge.welcome(uuids[0]), connect({ url: concierge.url })]);
  const info = (name: string, owner: string) => ({ name, nickname: null, owner_uuid: owner, subscribers: [] });
  const had = Promise.all([ann.createService('s1'), ann.createService('s2'), ann.subscribe('x'), ann.joinRoom('r')]);
  for (const name of ['s1', 's2'])
    first.answer({ type: 'SERVICE_CREATE_RESULT', successful: true, service: info(name, uuids[0]) });
  first.answer({ type: 'SELF_SUBSCRIBE_RESULT', successful: true, service: info('x', 'c') });
  first.answer({ type: 'ROOM_JOIN_RESULT', successful: true, room: { name: 'r', members: [] } });
  await had;

  const back = next(ann, 'reconnected');
  first.cut();
  const second = await concierge.welcome(uuids[1]);
  second.answer({ type: 'BAD' });
  second.answer({ type: 'SERVICE_CREATE_RESULT', successful: true, service: info('s2', uuids[1]) });
  second.answer({ type: 'BAD' });
  second.answer({ type: 'BAD' });
  expect(await back).toEqual({ lostServices: ['s1'], lostSubscriptions: ['x'], lostRooms: ['r'] });
});

for (const code of [4002, 4006, 4007, 4008]) {
  test(`${code} ends a client that was connected`, async ({ concierge, connect }) => {
    const [connection, ann] = await Promise.all([concierge.welcome(), connect({ url: concierge.url })]);
    const closed = next(ann, 'closed');
    connection.close(code);
    expect((await closed).reason).toMatchObject({ code, isFinal: true });
  });
}

for (const code of [1001, 1009, 4000, 4004, 4009, 4010]) {
  test(`${code} is followed by another attempt`, async ({ concierge, connect }) => {
    const [connection, ann] = await Promise.all([concierge.welcome(), connect({ url: concierge.url })]);
    const [lost, back] = [next(ann, 'disconnected'), next(ann, 'reconnected')];
    connection.close(code);
    expect(await lost).toMatchObject({ willRetry: true, reason: { code } });
    await Promise.all([back, concierge.welcome()]);
  });
}

test('A client that shall not reconnect is at its end when the link is', async ({ concierge, connect }) => {
  const [connection, ann] = await Promise.all([concierge.welcome(), connect({ url: concierge.url, reconnect: false })]);
  const closed = next(ann, 'closed');
  connection.cut();
  expect((await closed).reason?.code).toBeUndefined();
  expect(ann.state).toBe('closed');
});

test('Closing ends the wait for another attempt, and the attempt', async ({ concierge, connect }) => {
  const [first, waiting] = await Promise.all([
    concierge.welcome(),
    connect({ url: concierge.url, reconnect: { initialDelay: 1e9, maxDelay: 1e9 } }),
  ]);
  const lost = next(waiting, 'reconnecting');
  first.cut();
  await lost;
  await waiting.close();
  expect(waiting.state).toBe('closed');

  const [second, attempting] = await Promise.all([concierge.welcome(), connect({ url: concierge.url })]);
  const closed = record(attempting, 'closed');
  second.cut();
  await concierge.accept(); // Which says nothing.
  await attempting.close();
  expect(closed).toEqual([{ reason: null }]);
});

test.describe('What is given up while it is being restored', () => {
  const service = { name: 's', nickname: null, owner_uuid: 'o', subscribers: [] };
  const answers: Readonly<Record<string, object>> = {
    ROOM_JOIN: { type: 'ROOM_JOIN_RESULT', successful: true, room: { name: 'r', members: [] } },
    ROOM_LEAVE: { type: 'ROOM_LEAVE_RESULT', successful: true, room: { name: 'r', members: [] } },
    SELF_SUBSCRIBE: { type: 'SELF_SUBSCRIBE_RESULT', successful: true, service },
    SELF_UNSUBSCRIBE: { type: 'SELF_UNSUBSCRIBE_RESULT', successful: true, service },
  };

  async function answerNext(connection: ScriptedConnection): Promise<string> {
    const { type } = await connection.read();
    connection.answer(answers[type] ?? {});
    return type;
  }

  test('stays given up, whether that was answered or not', async ({ concierge, connect }) => {
    const [first, ann] = await Promise.all([concierge.welcome(), connect({ url: concierge.url })]);
    const had = [ann.subscribe('s'), ann.joinRoom('r'), ann.joinRoom('r2')];
    for (const _ of had) await answerNext(first);
    await Promise.all(had);

    first.cut();
    const second = await concierge.welcome();
    const restoring = [await second.read(), await second.read(), await second.read()];
    expect(restoring.map(({ type }) => type)).toEqual(['SELF_SUBSCRIBE', 'ROOM_JOIN', 'ROOM_JOIN']);
    // Nothing of it is answered yet.
    const givenUp = [ann.unsubscribe('s'), ann.leaveRoom('r')];
    for (const { type } of restoring) second.answer(answers[type] ?? {});
    expect([await answerNext(second), await answerNext(second)]).toEqual(['SELF_UNSUBSCRIBE', 'ROOM_LEAVE']);
    await Promise.all(givenUp);

    const half = ann.leaveRoom('r2');
    await second.read();
    second.cut();
    await expect(half).rejects.toBeInstanceOf(ConnectionClosedError);
    const back = next(ann, 'reconnected');
    const third = await concierge.welcome();
    await back;
    void ann.ping().catch(() => undefined);
    expect((await third.read()).type).toBe('CLIENT_FETCH');
  });

  test('stays given up when that was said without a connection', async ({ concierge, connect }) => {
    const [first, ann] = await Promise.all([concierge.welcome(), connect({ url: concierge.url })]);
    const joined = ann.joinRoom('r');
    await answerNext(first);
    await joined;
    const lost = next(ann, 'disconnected');
    first.cut();
    await lost;
    await expect(ann.leaveRoom('r')).rejects.toBeInstanceOf(ConnectionClosedError);
    const back = next(ann, 'reconnected');
    const second = await concierge.welcome();
    await back;
    expect(second.unread).toBe(0);
  });

  test('a join that was overtaken by a leave is not restored', async ({ concierge, connect }) => {
    const [first, ann] = await Promise.all([concierge.welcome(), connect({ url: concierge.url })]);
    const joined = ann.joinRoom('r');
    const half = ann.leaveRoom('r');
    half.catch(() => undefined);
    await answerNext(first);
    await joined;
    const back = next(ann, 'reconnected');
    first.cut();
    const second = await concierge.welcome();
    await back;
    expect(second.unread).toBe(0);
  });
});
