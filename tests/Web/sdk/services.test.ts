import { expect, test, unique } from '../fixtures/clients.js';
import { next, record } from '../fixtures/occurrences.js';

for (const stem of ['chat', '__proto__', 'constructor', 'a-b.c/d:e']) {
  test(`A service named ${stem} hears, answers and tells its subscribers`, async ({ connect }) => {
    const [owner, ann, bob] = [await connect(), await connect(), await connect()];
    const told: string[] = [];
    const service = await owner.serve(stem, {
      nickname: 'Echo',
      onMessage: (origin, data, service) => service.sendTo(origin.uuid, { echo: data }),
      onSubscribed: (client) => told.push(`${client.name} came`),
      onUnsubscribed: (client) => told.push(`${client.name} went`),
    });
    await ann.subscribe(stem);
    await bob.subscribe(stem);
    const echo = next(ann, 'message');
    await ann.send({ type: 'SERVICE', service: stem }, 'hello');
    expect(await echo).toMatchObject({
      data: { echo: 'hello' },
      origin: { service: { name: stem, nickname: 'Echo' } },
    });
    expect(service.subscribers.map(({ uuid }) => uuid)).toEqual([ann.uuid, bob.uuid]);

    const heard = [next(ann, 'message'), next(bob, 'message')];
    await service.broadcast('to all');
    expect((await Promise.all(heard)).map(({ data }) => data)).toEqual(['to all', 'to all']);

    await ann.unsubscribe(stem);
    const gone = next(owner, 'serviceUnsubscribed', ({ client }) => client.uuid === bob.uuid);
    await bob.close();
    await gone;
    expect(told).toEqual([`${ann.name} came`, `${bob.name} came`, `${ann.name} went`, `${bob.name} went`]);

    await service.close();
    await expect(owner.fetchService(stem)).rejects.toMatchObject({ kind: 'INVALID_SERVICE' });
  });
}

test('Who subscribed before the service had subscribed to itself is announced, too', async ({ connect }) => {
  const [owner, ann] = [await connect(), await connect()];
  const name = unique('service');
  const subscribed = next(ann, 'serviceCreated', ({ service }) => service.name === name).then(() =>
    ann.subscribe(name),
  );
  await owner.createService(name);
  await subscribed;
  const announced = new Promise(
    (resolve) => void owner.serve(name, { onMessage: () => undefined, onSubscribed: resolve }),
  );
  expect(await announced).toMatchObject({ uuid: ann.uuid });
});

test('A name that another client’s service has is refused, and nothing is left behind', async ({ connect }) => {
  const [ann, bob] = [await connect(), await connect()];
  const name = unique('service');
  await ann.serve(name, { onMessage: () => undefined });
  const heard: unknown[] = [];
  await expect(bob.serve(name, { onMessage: (_, data) => heard.push(data) })).rejects.toMatchObject({
    kind: 'TAKEN',
    subject: name,
  });
  expect((await ann.fetchService(name)).subscribers).toEqual([ann.uuid]);
});

test('What a service’s handler throws is a fault of its client', async ({ connect }) => {
  const [owner, ann] = [await connect(), await connect()];
  const name = unique('service');
  const faults = record(owner, 'fault');
  const fault = next(owner, 'fault');
  await owner.serve(name, {
    onMessage: () => {
      throw new Error('not today');
    },
  });
  await ann.subscribe(name);
  await ann.send({ type: 'SERVICE', service: name }, 'hello');
  await fault;
  expect(faults).toEqual([{ error: new Error('not today') }]);
});
