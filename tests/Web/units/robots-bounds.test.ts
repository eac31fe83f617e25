import { expect, test } from '@playwright/test';
import { History } from '../../../Concierge.Console/src/robots/history.js';
import { decimal, isolated, perSecond, span } from '../../../Concierge.Console/src/robots/text.js';
import { json, jsonLine } from '../../../Concierge.Console/src/ui/jsonText.js';

test('a history keeps one value a step, the last one, and none that is older than its span', () => {
  const history = new History(10, 10);
  for (let time = 0; time < 100; time += 0.25) history.add(time, time);
  const [times, values] = history.columns();
  expect(history.length).toBeLessThanOrEqual(11);
  expect(values.at(-1)).toBe(99.75);
  expect(times[0]).toBeGreaterThan(88);
});

test('a history takes no nonsense, and no time that runs backward', () => {
  const history = new History(10, 10);
  history.add(5, 1);
  history.add(4, 2);
  history.add(NaN, 3);
  history.add(6, Infinity);
  expect(history.columns(2)).toEqual([[5], [2]]);
});

test('numbers are short, whatever they are', () => {
  expect(decimal(-0.04)).toBe('0.0');
  expect(decimal(-3.25)).toBe('−3.3');
  expect(decimal(1e300)).toBe('1.0e+300');
  expect(decimal(NaN)).toBe('–');
  expect([span(0), span(89), span(90), span(7_200), span(200_000), span(NaN)]).toEqual([
    '0 s',
    '89 s',
    '1 min',
    '2 h',
    '2 d',
    '–',
  ]);
  expect([perSecond(0), perSecond(0.25), perSecond(10.2)]).toEqual(['0/s', '0.3/s', '10/s']);
});

test('a value of any size or depth is cut to a text of a bounded length', () => {
  let deep: unknown = 1;
  for (let i = 0; i < 10_000; i++) deep = [deep];
  expect(json(deep).length).toBeLessThan(300);
  const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`key ${i}`, 'x'.repeat(100)]));
  expect(json(wide, 2_000).length).toBeLessThanOrEqual(2_001);
  expect(jsonLine({ a: [1, 'two', null], b: {} })).toBe('{ "a": [ 1, "two", null ], "b": {} }');
});

test('a name in a sentence is cut and can’t turn the rest of it round', () => {
  expect(isolated('\u202eevil\u2069')).toBe('\u2068evil\u2069');
  expect(isolated('W'.repeat(500)).length).toBeLessThan(50);
});
