import { expect, test } from '../fixtures/clients.js';

/** Runs a few lines of JavaScript as a program of their own, given a node's URL. */
const script = (lines: string): string[] => [
  '--input-type=module',
  '--eval',
  `import { ConciergeClient, Robot } from '@concierge/client'; const url = process.argv[1]; ${lines}`,
];

test('A process ends when its client is closed', async ({ node, programs }) => {
  const program = programs.run('node', [
    ...script(`
      const client = await ConciergeClient.connect({ url, name: 'short_lived', requestTimeout: 1e9, keepAlive: 1e9 });
      await client.serve('short/lived', { onMessage() {} });
      const robot = await Robot.watch(client, 'short/lived').catch(() => null);
      await client.ping();
      console.log(robot);
      await client.close();
    `),
    node.url,
  ]);
  await program.line(/^null/);
  expect(await program.exited).toBe(0);
});

test('A process ends when its client is closed while it waits to reconnect', async ({ programs }) => {
  const node = await programs.node();
  const program = programs.run('node', [
    ...script(`
      const client = await ConciergeClient.connect({ url, name: 'waiting', reconnect: { initialDelay: 1e9, maxDelay: 1e9 } });
      client.on('reconnecting', () => client.close());
      console.log('connected');
    `),
    node.url,
  ]);
  await program.line(/^connected/);
  await node.stop('SIGKILL');
  expect(await program.exited).toBe(0);
});

test('A process goes on while its client reconnects', async ({ programs }) => {
  const node = await programs.node();
  const program = programs.run('node', [
    ...script(`
      const client = await ConciergeClient.connect({ url, name: 'patient', reconnect: { initialDelay: 50, maxDelay: 50 } });
      client.on('reconnecting', ({ attempt }) => console.log('attempt', attempt));
      client.on('reconnected', () => client.close());
      console.log('connected');
    `),
    node.url,
  ]);
  await program.line(/^connected/);
  await node.stop('SIGKILL');
  await program.line(/^attempt 3/);
  await node.start();
  expect(await program.exited).toBe(0);
});
