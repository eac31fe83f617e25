import { ConciergeClient } from '@concierge/client';
import { next } from '../fixtures/occurrences.js';
import { dialects, expect, test, unique } from '../fixtures/programs.js';

test('A node starts, ends, and starts again on its port', async ({ programs }) => {
  const node = await programs.node({ args: dialects });
  expect(await node.dialectPort('iot-robots')).toBeGreaterThan(0);
  expect(await node.dialectPort('ros-devices')).toBeGreaterThan(0);
  const client = await ConciergeClient.connect({ url: node.url, name: 'ann' });
  const back = next(client, 'reconnected');
  await node.restart();
  await back;
  await client.close();
  expect(await node.program.stop()).toBe(0);
});

test('The chat service and a robot join a node', async ({ node, programs }) => {
  const robot = unique('robot');
  const chat = unique('chat');
  await Promise.all([programs.robot(node.url, robot), programs.chatService(node.url, chat)]);
  const client = await ConciergeClient.connect({ url: node.url, name: unique('ann') });
  const names = (await client.fetchServices()).map((service) => service.name);
  expect(names).toContain(`robot/${robot}`);
  expect(names).toContain(chat);
  await client.close();
});
