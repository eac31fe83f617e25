import { expect, test } from '@playwright/test';
import { deadZone, mix } from '../../../Concierge.Console/src/robots/mix.js';

test('full forward is both sides at full speed, and backward the same the other way', () => {
  expect(mix({ x: 0, y: 1 })).toEqual({ m1: 100, m2: 100 });
  expect(mix({ x: 0, y: -1 })).toEqual({ m1: -100, m2: -100 });
});

test('to the side it turns in place', () => {
  expect(mix({ x: 1, y: 0 })).toEqual({ m1: 100, m2: -100 });
  expect(mix({ x: -1, y: 0 })).toEqual({ m1: -100, m2: 100 });
});

test('on a diagonal the inner side stands', () => {
  expect(mix({ x: Math.SQRT1_2, y: Math.SQRT1_2 })).toEqual({ m1: 100, m2: 0 });
  expect(mix({ x: -Math.SQRT1_2, y: -Math.SQRT1_2 })).toEqual({ m1: -100, m2: 0 });
});

test('the limit is the greatest speed of a side', () => {
  expect(mix({ x: 0, y: 1 }, 50)).toEqual({ m1: 50, m2: 50 });
  expect(mix({ x: 0.3, y: 1 }, 40).m1).toBe(40);
  expect(mix({ x: 0, y: 1 }, 0)).toEqual({ m1: 0, m2: 0 });
  expect(mix({ x: 0, y: 1 }, 1000)).toEqual({ m1: 100, m2: 100 });
  expect(mix({ x: 0, y: 1 }, NaN)).toEqual({ m1: 0, m2: 0 });
});

test('a stick that is as good as centred stands, and there is no jump at the edge of that', () => {
  expect(mix({ x: 0, y: deadZone })).toEqual({ m1: 0, m2: 0 });
  expect(Math.abs(mix({ x: deadZone + 0.01, y: 0 }).m1)).toBeLessThanOrEqual(2);
});

test('whatever the stick says, sides get whole numbers from −100 to 100, and no minus zero', () => {
  for (const x of [-5, -1, -0.3, -0, 0, 0.5, 1, 7, NaN, Infinity]) {
    for (const y of [-5, -1, -0.3, -0, 0, 0.5, 1, 7, NaN, -Infinity]) {
      for (const speed of Object.values(mix({ x, y }))) {
        expect(Number.isInteger(speed) && Math.abs(speed) <= 100 && !Object.is(speed, -0)).toBe(true);
      }
    }
  }
});

test('the stick further out never makes a side slower', () => {
  for (let degrees = 0; degrees < 360; degrees += 15) {
    const [x, y] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    let last = { m1: 0, m2: 0 };
    for (let way = 0; way <= 1.2; way += 0.05) {
      const now = mix({ x: x * way, y: y * way });
      expect(Math.abs(now.m1)).toBeGreaterThanOrEqual(Math.abs(last.m1));
      expect(Math.abs(now.m2)).toBeGreaterThanOrEqual(Math.abs(last.m2));
      last = now;
    }
  }
});

test('the stick further to the right turns more to the right', () => {
  let last = -Infinity;
  for (let degrees = 90; degrees >= 0; degrees -= 5) {
    const { m1, m2 } = mix({ x: Math.cos((degrees * Math.PI) / 180), y: Math.sin((degrees * Math.PI) / 180) });
    expect(m1 - m2).toBeGreaterThanOrEqual(last);
    last = m1 - m2;
  }
});
