import { expect, test } from '@playwright/test';
import { pick } from '../../../Concierge.Console/src/cluster/rows.js';
import { bytes, duration, number, rate } from '../../../Concierge.Console/src/cluster/words.js';

const people = [
  { name: 'zoe', nickname: 'Ann' },
  { name: 'Bob', nickname: '' },
  { name: 'ann', nickname: 'The <b>boss</b>' },
];
const texts = (it: (typeof people)[number]) => [it.name, it.nickname];

test('Rows are in the order of their first text, whatever the case', () => {
  expect(pick(people, '', texts, 10).shown.map((it) => it.name)).toEqual(['ann', 'Bob', 'zoe']);
});

test('A filter finds any of the texts, whatever the case; of two words both', () => {
  expect(pick(people, ' ANN ', texts, 10).shown.map((it) => it.name)).toEqual(['ann', 'zoe']);
  expect(pick(people, 'boss ann', texts, 10).shown.map((it) => it.name)).toEqual(['ann']);
  expect(pick(people, '<b>', texts, 10).matching).toBe(1);
  expect(pick(people, 'nobody', texts, 10)).toEqual({ shown: [], matching: 0, all: 3 });
});

test('Of ten thousand only as many are shown as asked for, and all are counted', () => {
  const many = Array.from({ length: 10_000 }, (_, i) => ({ name: `client_${i}`, nickname: '' }));

  const rows = pick(many, 'client', texts, 200);

  expect(rows.shown).toHaveLength(200);
  expect(rows).toMatchObject({ matching: 10_000, all: 10_000 });
});

test('What is picked from stays as it is', () => {
  const before = [...people];
  pick(people, '', texts, 1);
  expect(people).toEqual(before);
});

test('Figures are readable, and none is a dash', () => {
  expect([number(12345), number(null)]).toEqual(['12,345', '–']);
  expect([rate(0), rate(3.14159), rate(1234.5), rate(null)]).toEqual(['0.0', '3.1', '1,235', '–']);
  expect([bytes(0), bytes(1023), bytes(1536), bytes(300 * 1024 * 1024), bytes(null)]).toEqual([
    '0 B',
    '1023 B',
    '1.5 KiB',
    '300 MiB',
    '–',
  ]);
  expect([duration(59.9), duration(61), duration(3_660), duration(90_000), duration(null)]).toEqual([
    '59 s',
    '1 min 1 s',
    '1 h 1 min',
    '1 d 1 h',
    '–',
  ]);
});
