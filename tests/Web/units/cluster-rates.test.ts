import { expect, test } from '@playwright/test';
import { type NodeFigures, readCluster } from '../../../Concierge.Console/src/cluster/figures.js';
import { RateHistory, span } from '../../../Concierge.Console/src/cluster/rates.js';

function node(id: string, uptime: number | null, received: number | null, sent = received): NodeFigures {
  const json = { id, name: id, uptime, messages_received: received, messages_sent: sent };
  const figures = readCluster({ nodes: [json] })?.nodes[0];
  if (!figures) throw new Error('not read');
  return figures;
}

test('A rate is what was counted between two readings, by the second', () => {
  const history = new RateHistory();
  history.add(100, [node('a', 10, 1000, 5000)]);
  expect(history.current('a')).toBeNull();

  history.add(102, [node('a', 12, 1100, 5500)]);

  expect(history.current('a')).toEqual({ received: 50, sent: 250 });
  expect(history.series()).toEqual({
    times: [100, 102],
    lines: [{ id: 'a', name: 'a', rates: [null, { received: 50, sent: 250 }] }],
  });
});

test("The time between two readings is the node's, not that of their coming", () => {
  const history = new RateHistory();
  history.add(100, [node('a', 10, 0)]);
  history.add(104.5, [node('a', 12, 100)]);

  expect(history.current('a')?.received).toBe(50);
});

test('A report that comes twice has the rate that it had', () => {
  const history = new RateHistory();
  history.add(100, [node('a', 10, 0)]);
  history.add(102, [node('a', 12, 100)]);
  history.add(102.5, [node('a', 12, 100)]);
  expect(history.current('a')?.received).toBe(50);

  history.add(104, [node('a', 14, 400)]);

  expect(history.current('a')?.received).toBe(150);
});

test('A node that counts anew has no rate at first, and no negative one', () => {
  const history = new RateHistory();
  history.add(100, [node('a', 500, 1000)]);
  history.add(102, [node('a', 1, 10)]);
  expect(history.current('a')).toBeNull();

  history.add(104, [node('a', 3, 30)]);

  expect(history.current('a')?.received).toBe(10);
});

test('A counter that goes back is no rate, whatever the uptime says', () => {
  const history = new RateHistory();
  history.add(100, [node('a', 10, 1000, 20)]);
  history.add(102, [node('a', 12, 1100, 10)]);

  expect(history.current('a')).toBeNull();
});

test('A node that does not answer leaves a gap', () => {
  const history = new RateHistory();
  history.add(100, [node('a', 0, 0), node('b', 0, 0)]);
  history.add(102, [node('a', 2, 2), node('b', null, null)]);
  history.add(104, [node('a', 4, 4), node('b', 4, 50)]);
  history.add(106, [node('a', 6, 6), node('b', 6, 60)]);

  const [a, b] = history.series().lines;

  expect(a?.rates.map((rate) => rate?.received ?? null)).toEqual([null, 1, 1, 1]);
  expect(b?.rates.map((rate) => rate?.received ?? null)).toEqual([null, null, null, 5]);
});

test('A node that left and comes back is not compared with what it was', () => {
  const history = new RateHistory();
  history.add(100, [node('a', 0, 0), node('b', 0, 0)]);
  history.add(102, [node('a', 2, 0)]);
  history.add(104, [node('a', 4, 0), node('b', 4, 100)]);

  expect(history.current('b')).toBeNull();
});

test('Nothing is said of the time in which nobody looked', () => {
  const history = new RateHistory();
  history.add(100, [node('a', 0, 0)]);
  history.add(400, [node('a', 300, 3000)]);

  expect(history.current('a')).toBeNull();
});

test('What is older than ten minutes is forgotten, and so are nodes that were last seen then', () => {
  const history = new RateHistory();
  history.add(-2, [node('gone', 0, 0), node('a', 0, 0)]);
  history.add(-1, [node('gone', 1, 1), node('a', 1, 1)]);
  for (let at = 0; at <= span; at += 2) history.add(at, [node('a', at + 2, at)]);

  const { times, lines } = history.series();

  expect(times[0]).toBe(0);
  expect(times).toHaveLength(span / 2 + 1);
  expect(lines.map((line) => line.id)).toEqual(['a']);
});

test('A clock that is set back adds nothing until it has caught up', () => {
  const history = new RateHistory();
  history.add(100, [node('a', 0, 0)]);
  history.add(90, [node('a', 2, 5)]);
  history.add(100, [node('a', 4, 6)]);
  history.add(102, [node('a', 6, 12)]);

  expect(history.series().times).toEqual([100, 102]);
  expect(history.current('a')?.received).toBe(2);
});

test('Two nodes of one name are two lines, and one may be called __proto__', () => {
  const history = new RateHistory();
  for (const at of [0, 2]) {
    history.add(100 + at, [
      { ...node('2', at, at), name: '__proto__' },
      { ...node('1', at, 2 * at), name: '__proto__' },
      node('__proto__', at, 3 * at),
    ]);
  }

  const { lines } = history.series();

  expect(lines.map((line) => [line.id, line.rates[1]?.received])).toEqual([
    ['1', 2],
    ['2', 1],
    ['__proto__', 3],
  ]);
});
