import { expect, test } from '@playwright/test';
import { type NodeFigures, readCluster } from '../../../Concierge.Console/src/cluster/figures.js';
import { RateHistory, span } from '../../../Concierge.Console/src/cluster/rates.js';

function node(name: string, received: number | null, sent: number | null, uptime: number | null = null): NodeFigures {
  const figures = readCluster({ nodes: [{ name, messages_received: received, messages_sent: sent, uptime }] })
    ?.nodes[0];
  if (!figures) throw new Error('not read');
  return figures;
}

test('A rate is what was counted between two readings, by the second', () => {
  const history = new RateHistory();
  history.add(100, [node('a', 1000, 5000)]);
  expect(history.current('a')).toBeNull();

  history.add(102, [node('a', 1100, 5500)]);

  expect(history.current('a')).toEqual({ received: 50, sent: 250 });
  expect(history.series()).toEqual({
    times: [100, 102],
    nodes: [{ name: 'a', rates: [null, { received: 50, sent: 250 }] }],
  });
});

test('A node that was started anew has no rate at first, and no negative one', () => {
  const history = new RateHistory();
  history.add(100, [node('a', 1000, 1000, 500)]);
  history.add(102, [node('a', 10, 10, 1)]);
  expect(history.current('a')).toBeNull();

  history.add(104, [node('a', 30, 50, 3)]);

  expect(history.current('a')).toEqual({ received: 10, sent: 20 });
});

test('A node that was started anew and has overtaken its old count shows by its uptime', () => {
  const history = new RateHistory();
  history.add(100, [node('a', 10, 10, 500)]);
  history.add(102, [node('a', 20, 20, 1)]);

  expect(history.current('a')).toBeNull();
});

test('A node that does not answer leaves a gap', () => {
  const history = new RateHistory();
  history.add(100, [node('a', 0, 0), node('b', 0, 0)]);
  history.add(102, [node('a', 2, 2), node('b', null, null)]);
  history.add(104, [node('a', 4, 4), node('b', 50, 50)]);
  history.add(106, [node('a', 6, 6), node('b', 60, 60)]);

  const [a, b] = history.series().nodes;

  expect(a?.rates.map((rate) => rate?.received ?? null)).toEqual([null, 1, 1, 1]);
  expect(b?.rates.map((rate) => rate?.received ?? null)).toEqual([null, null, null, 5]);
});

test('A node that left and comes back is not compared with what it was', () => {
  const history = new RateHistory();
  history.add(100, [node('a', 0, 0), node('b', 0, 0)]);
  history.add(102, [node('a', 0, 0)]);
  history.add(104, [node('a', 0, 0), node('b', 100, 100)]);

  expect(history.current('b')).toBeNull();
});

test('Nothing is said of the time in which nobody looked', () => {
  const history = new RateHistory();
  history.add(100, [node('a', 0, 0)]);
  history.add(400, [node('a', 3000, 3000)]);

  expect(history.current('a')).toBeNull();
});

test('What is older than ten minutes is forgotten', () => {
  const history = new RateHistory();
  for (let at = 0; at <= 2 * span; at += 2) history.add(at, [node('a', at, at)]);

  const { times } = history.series();

  expect(times[0]).toBe(span);
  expect(times).toHaveLength(span / 2 + 1);
});

test('A clock that is set back adds nothing until it has caught up', () => {
  const history = new RateHistory();
  history.add(100, [node('a', 0, 0)]);
  history.add(90, [node('a', 5, 5)]);
  history.add(100, [node('a', 6, 6)]);
  history.add(102, [node('a', 8, 8)]);

  expect(history.series().times).toEqual([100, 102]);
  expect(history.current('a')).toEqual({ received: 4, sent: 4 });
});

test('A node may be called __proto__', () => {
  const history = new RateHistory();
  history.add(100, [node('__proto__', 0, 0)]);
  history.add(102, [node('__proto__', 2, 2)]);

  expect(history.current('__proto__')).toEqual({ received: 1, sent: 1 });
  expect(history.series().nodes.map((it) => it.name)).toEqual(['__proto__']);
});
