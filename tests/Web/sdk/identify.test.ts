import { ConciergeClient, ConnectionClosedError, type ClientOptions } from '@concierge/client';
import { expect, test, unique } from '../fixtures/clients.js';
import { Proxy } from '../fixtures/proxy.js';

/** Why a client wasn't let in. */
async function refusal(options: ClientOptions): Promise<ConnectionClosedError> {
  const error = await ConciergeClient.connect(options).then(
    async (client) => {
      await client.close();
      return new Error('It was let in.');
    },
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ConnectionClosedError);
  return error as ConnectionClosedError;
}

test('A client is who it says it is', async ({ connect }) => {
  const ann = await connect({ name: unique('ann'), nickname: 'Ann 🌻', tags: ['person', '__proto__'] });
  const { client, subscriptions } = await ann.fetchSelf();
  expect(client).toEqual({ name: ann.name, nickname: 'Ann 🌻', uuid: ann.uuid, tags: ['person', '__proto__'] });
  expect(subscriptions).toEqual([]);
  expect(ann.state).toBe('connected');
  expect(ann.nickname).toBe('Ann 🌻');
  expect(ann.serverVersion).toMatch(/^0\.2\./);
});

test('A name that is taken is refused with 4005, in words', async ({ connect, node }) => {
  const ann = await connect();
  const error = await refusal({ url: node.url, name: ann.name });
  expect(error.code).toBe(4005);
  expect(error.isFinal).toBe(false);
  expect(error.message).toContain(ann.name);
});

test('A name that breaks the rules is refused with 4008', async ({ node }) => {
  const error = await refusal({ url: node.url, name: 'two words' });
  expect(error.code).toBe(4008);
  expect(error.isFinal).toBe(true);
});

test('A nickname over the limit is refused with 4002', async ({ node }) => {
  expect((await refusal({ url: node.url, name: unique('ann'), nickname: 'x'.repeat(129) })).code).toBe(4002);
});

test('A secret is asked for where there is one', async ({ programs, connect }) => {
  const node = await programs.node({ env: { CONCIERGE__SECRET: 'open sesame' } });
  expect((await refusal({ url: node.url, name: 'ann' })).code).toBe(4006);
  const error = await refusal({ url: node.url, name: 'ann', secret: 'open barley' });
  expect(error.code).toBe(4006);
  expect(error.isFinal).toBe(true);
  expect(error.message).not.toContain('barley');
  expect((await connect({ url: node.url, secret: 'open sesame' })).state).toBe('connected');
});

test('Where nobody listens, connecting fails without a code', async ({ node }) => {
  const proxy = await Proxy.before(node.url);
  await proxy.close();
  const error = await refusal({ url: proxy.through(node.url), name: 'ann' });
  expect(error.code).toBeUndefined();
  expect(error.message).toContain('Does a concierge listen there');
});

test('Where the other end never says a word, connecting gives up', async ({ node }) => {
  const proxy = await Proxy.before(node.url);
  proxy.stall();
  const error = await refusal({ url: proxy.through(node.url), name: 'ann', requestTimeout: 50 });
  expect(error.code).toBeUndefined();
  expect(error.message).toContain('within 50 ms');
  await proxy.close();
});

test('A server that has no WebSocket there is no concierge', async ({ node }) => {
  expect((await refusal({ url: node.url.replace('/ws', '/fs'), name: 'ann' })).message).toContain('Could not connect');
});

for (const [what, options] of Object.entries({
  'no name': { name: '' },
  'an address of another kind': { name: 'ann', url: 'http://127.0.0.1/ws' },
  'no address': { name: 'ann', url: 'concierge' },
  'no time to answer': { name: 'ann', requestTimeout: 0 },
  'a time-out that is no number': { name: 'ann', requestTimeout: NaN },
  'a time-out longer than timers': { name: 'ann', keepAlive: 2 ** 31 },
  'a shrinking wait': { name: 'ann', reconnect: { factor: 0.5 } },
  'a longest wait below the first': { name: 'ann', reconnect: { initialDelay: 100, maxDelay: 50 } },
})) {
  test(`Options are checked: ${what}`, async () => {
    await expect(ConciergeClient.connect(options)).rejects.toBeInstanceOf(TypeError);
  });
}
