import { expect, test } from '@playwright/test';
import { readCluster, total } from '../../../Concierge.Console/src/cluster/figures.js';

const node = {
  id: '1f2e3d4c',
  name: 'hub',
  roles: ['seed'],
  status: 'up',
  self: true,
  uptime: 12.5,
  connections: 3,
  clients: 2,
  services: 1,
  rooms: 0,
  messages_received: 100,
  messages_sent: 250,
  bytes_received: 4000,
  bytes_sent: 9000,
  outbox_bytes: 0,
};
const silent = Object.fromEntries(
  Object.entries(node).map(([key, value]) => [key, typeof value === 'number' ? null : value]),
);
const cluster = { node: node.name, version: '1.0.0', protocol: '0.2.0', secret: false, admin: true, ready: true };

test('The answer of a node is read whole', () => {
  const figures = readCluster({ ...cluster, nodes: [node] });

  expect(figures).toMatchObject({ node: node.name, version: '1.0.0', protocol: '0.2.0', admin: true, ready: true });
  expect(figures?.nodes[0]).toMatchObject({
    name: node.name,
    roles: ['seed'],
    self: true,
    uptime: 12.5,
    messagesSent: 250,
  });
});

test('Figures of a node that does not answer are null', () => {
  const figures = readCluster({ ...cluster, nodes: [{ ...silent, name: null, status: 'unreachable' }] });

  expect(figures?.nodes[0]).toMatchObject({
    id: node.id,
    name: null,
    status: 'unreachable',
    uptime: null,
    clients: null,
    bytesSent: null,
  });
});

test('Figures that are no numbers are null, whatever they are instead', () => {
  const odd = {
    ...node,
    uptime: '12',
    clients: -1,
    services: Infinity,
    rooms: { toString: 1 },
    roles: 'seed',
    self: 'true',
  };
  const figures = readCluster({ ...cluster, admin: 'yes', nodes: [odd, 17, null, []] });

  expect(figures?.nodes).toHaveLength(1);
  expect(figures?.nodes[0]).toMatchObject({
    uptime: null,
    clients: null,
    services: null,
    rooms: null,
    roles: [],
    self: false,
  });
  expect(figures?.admin).toBe(false);
});

for (const other of [null, 'text', [], {}, { nodes: {} }, 17]) {
  test(`Another server's answer is none: ${JSON.stringify(other)}`, () => {
    expect(readCluster(other)).toBeNull();
  });
}

test('A total leaves out who does not answer, and is none where nobody does', () => {
  const nodes = readCluster({ ...cluster, nodes: [node, silent, { ...node, clients: 5 }] })?.nodes ?? [];

  expect(total(nodes, (it) => it.clients)).toBe(7);
  expect(total(nodes.slice(1, 2), (it) => it.clients)).toBeNull();
  expect(total([], (it) => it.clients)).toBeNull();
});
