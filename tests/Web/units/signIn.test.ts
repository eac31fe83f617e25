import { expect, test } from '@playwright/test';
import { ConnectionClosedError } from '@concierge/client';
import { farewellOf, refusalOf } from '../../../Concierge.Console/src/session/refusal';
import { faultOfName, faultOfNickname, variantOf } from '../../../Concierge.Console/src/session/rules';

test.describe('A name', () => {
  for (const name of ['ada', 'Ada_2', 'жанна', '名前', '٣', 'x'.repeat(64), '𝒶'.repeat(64)]) {
    test(`may be ${name.slice(0, 10)} (${[...name].length})`, () => expect(faultOfName(name)).toBeNull());
  }

  test('that breaks the rules is explained with what breaks them', () => {
    expect(faultOfName('')).toContain('needed');
    expect(faultOfName('ada lovelace')).toContain('no spaces');
    expect(faultOfName('ada<b>')).toContain('“<”');
    expect(faultOfName('ada😀')).toContain('“😀”');
    expect(faultOfName('x'.repeat(65))).toContain('65');
  });

  test('that is taken has variants, none of them too long', () => {
    expect(variantOf('ada')).toBe('ada_2');
    expect(variantOf('ada_2')).toBe('ada_3');
    expect(variantOf('ada_')).toBe('ada__2');
    expect(variantOf('_9')).toBe('_9_2');
    expect(variantOf('x'.repeat(64))).toBe(`${'x'.repeat(62)}_2`);
    expect(faultOfName(variantOf('𝒶'.repeat(64)))).toBeNull();
  });
});

test('A nickname has up to 128 characters, counted as people count them', () => {
  expect(faultOfNickname('😀'.repeat(128))).toBeNull();
  expect(faultOfNickname('😀'.repeat(129))).toContain('129');
});

test.describe('A refusal', () => {
  const closed = (code?: number, reason = '') => new ConnectionClosedError('closed', code, reason);

  test('is told at the field that would change it', () => {
    expect(refusalOf(closed(4005), false)).toMatchObject({ field: 'name', taken: true });
    expect(refusalOf(closed(4006), true)).toMatchObject({ field: 'secret' });
    expect(refusalOf(closed(4008), false)).toMatchObject({ field: 'name' });
    expect(refusalOf(closed(4007, 'expected ^0.2.0'), false)).toMatchObject({
      field: null,
      text: expect.stringContaining('^0.2.0'),
    });
  });

  test('of a missing secret differs from that of a wrong one', () => {
    expect(refusalOf(closed(4006), false).text).not.toBe(refusalOf(closed(4006), true).text);
  });

  test('without a code is a concierge that is out of reach, or full', () => {
    expect(refusalOf(closed(), false).text).toContain('full');
  });

  test('of somebody the operator sent away says so', () => {
    expect(farewellOf(closed(1000, 'closed by the operator')).text).toContain('operator');
  });

  test('with a code that nobody knows gives the code and the reason', () => {
    expect(farewellOf(closed(4999, 'full moon')).text).toMatch(/4999.*full moon/);
  });
});
