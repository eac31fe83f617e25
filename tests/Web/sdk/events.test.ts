import { expect, test, unique } from '../fixtures/clients.js';
import { next, record } from '../fixtures/occurrences.js';

test('Clients hear who comes, is renamed and goes', async ({ connect }) => {
  const ann = await connect();
  const name = unique('bob');
  const joined = next(ann, 'clientJoined', ({ client }) => client.name === name);
  const bob = await connect({ name });
  expect((await joined).client).toEqual({ name, nickname: null, uuid: bob.uuid, tags: [] });

  const updated = next(ann, 'clientUpdated', ({ client }) => client.uuid === bob.uuid);
  await bob.setNickname('Bob');
  expect((await updated).client.nickname).toBe('Bob');
  expect(bob.nickname).toBe('Bob');

  const left = next(ann, 'clientLeft', ({ client }) => client.uuid === bob.uuid);
  await bob.close();
  await left;
});

test('Clients hear of services and of their subscribers', async ({ connect }) => {
  const [ann, bob] = [await connect(), await connect()];
  const name = unique('service');
  const created = next(ann, 'serviceCreated', ({ service }) => service.name === name);
  expect((await bob.createService(name, 'A service')).changed).toBe(true);
  expect((await bob.createService(name)).changed).toBe(false);
  expect((await created).service).toEqual({ name, nickname: 'A service', ownerUuid: bob.uuid, subscribers: [] });

  const own = next(ann, 'serviceSubscribed');
  expect((await ann.subscribe(name)).changed).toBe(true);
  expect((await ann.subscribe(name)).changed).toBe(false);
  expect((await own).client.uuid).toBe(ann.uuid);
  const subscribed = next(ann, 'serviceSubscribed');
  await bob.subscribe(name);
  expect((await subscribed).client.uuid).toBe(bob.uuid);
  const unsubscribed = next(ann, 'serviceUnsubscribed');
  expect((await bob.unsubscribe(name)).changed).toBe(true);
  expect((await unsubscribed).service.name).toBe(name);

  const deleted = next(ann, 'serviceDeleted', ({ service }) => service.name === name);
  await bob.deleteService(name);
  await deleted;
});

test('Without presence a client hears messages alone', async ({ connect }) => {
  const ann = await connect({ presence: false });
  const joined = record(ann, 'clientJoined');
  const bob = await connect();
  const message = next(ann, 'message');
  await bob.send({ type: 'NAME', name: ann.name }, 'hello');
  expect((await message).data).toBe('hello');
  expect(joined).toEqual([]);
});

test('A handler that fails is a fault, and the others are called nevertheless', async ({ connect }) => {
  const ann = await connect();
  const faults = record(ann, 'fault');
  ann.on('message', () => {
    throw new Error('at once');
  });
  ann.on('message', () => Promise.reject(new Error('later')));
  ann.on('fault', () => {
    throw new Error('nobody hears this');
  });
  const last = next(ann, 'message');
  await ann.send({ type: 'ALL' }, 'hello');
  await last;
  await ann.ping();
  expect(faults.map(({ error }) => (error as Error).message)).toEqual(['at once', 'later']);
});

test('A handler is called once for each time it was attached, until it is detached', async ({ connect }) => {
  const ann = await connect();
  let calls = 0;
  const count = () => void calls++;
  const detach = [ann.on('message', count), ann.on('message', count)];
  const say = async () => {
    const heard = next(ann, 'message');
    await ann.send({ type: 'NAME', name: ann.name }, 'hello');
    await heard;
  };
  await say();
  detach[0]?.();
  detach[0]?.();
  await say();
  detach[1]?.();
  await say();
  expect(calls).toBe(3);
});
