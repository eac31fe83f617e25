import { expect, test } from '@playwright/test';
import { DrivingKeys, fromPointer } from '../../../Concierge.Console/src/robots/stick.js';

test('a pointer above the middle is forward, and beyond the pad’s edge it is at the edge', () => {
  expect(fromPointer(0, -50, 100)).toEqual({ x: 0, y: 0.5 });
  expect(fromPointer(0, -900, 100)).toEqual({ x: 0, y: 1 });
  const { x, y } = fromPointer(300, 300, 100);
  expect(Math.hypot(x, y)).toBeCloseTo(1);
  expect(x).toBeCloseTo(-y);
});

test('a pad without a size, or a pointer without a place, is a centred stick', () => {
  expect(fromPointer(3, 4, 0)).toEqual({ x: 0, y: 0 });
  expect(fromPointer(NaN, 4, 10)).toEqual({ x: 0, y: 0 });
});

test('arrow keys and WASD drive, opposite ones cancel each other out, others do nothing', () => {
  const keys = new DrivingKeys();
  keys.press('KeyW');
  expect(keys.position).toEqual({ x: 0, y: 1 });
  keys.press('ArrowUp');
  expect(keys.position).toEqual({ x: 0, y: 1 });
  keys.press('KeyS');
  expect(keys.position).toEqual({ x: 0, y: 0 });
  keys.press('KeyQ');
  keys.clear();
  expect(keys.any).toBe(false);
});

test('a turn while driving is a bend, and alone it is in place', () => {
  const keys = new DrivingKeys();
  keys.press('ArrowRight');
  expect(keys.position).toEqual({ x: 1, y: 0 });
  keys.press('ArrowUp');
  expect(keys.position.x).toBeGreaterThan(0);
  expect(keys.position.x).toBeLessThan(0.5);
  expect(keys.release('ArrowRight')).toBe(true);
  expect(keys.release('ArrowRight')).toBe(false);
  expect(keys.position).toEqual({ x: 0, y: 1 });
});
