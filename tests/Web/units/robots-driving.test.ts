import { expect, test } from '@playwright/test';
import { Driving, isLate, type Speeds } from '../../../Concierge.Console/src/robots/driving.js';

/** A drive that writes down what it is told. */
class Recorder {
  readonly told: (Speeds | 'release')[] = [];

  hold(motors: Speeds): void {
    this.told.push({ ...motors });
  }

  release(): void {
    this.told.push('release');
  }

  get last(): Speeds | 'release' | undefined {
    return this.told.at(-1);
  }
}

function begin(mayDrive: () => boolean = () => true) {
  const driving = new Driving(mayDrive, 50);
  const drive = new Recorder();
  driving.use(drive);
  return { driving, drive };
}

test('what is held is driven, and letting go releases', () => {
  const { driving, drive } = begin();
  driving.hold('stick', { m1: 10, m2: 20 });
  expect(drive.last).toEqual({ m1: 10, m2: 20 });
  driving.letGo('stick');
  expect(drive.last).toBe('release');
  expect(driving.held.value).toBeNull();
});

test('two hands drive together, and the last one that lets go releases', () => {
  const { driving, drive } = begin();
  driving.hold('motor m1', { m1: 50 });
  driving.hold('motor m2', { m2: -50 });
  expect(drive.last).toEqual({ m1: 50, m2: -50 });
  driving.letGo('motor m1');
  expect(drive.last).toEqual({ m2: -50 });
  driving.letGo('motor m2');
  expect(drive.last).toBe('release');
});

test('when driving is halted it is released before the call returns, and says why', () => {
  const { driving, drive } = begin();
  driving.hold('stick', { m1: 10, m2: 10 });
  driving.halt('The tab was hidden.');
  expect(drive.last).toBe('release');
  expect(driving.halted.value).toBe('The tab was hidden.');
});

test('who still holds on after a halt drives only after letting go', () => {
  const { driving, drive } = begin();
  driving.hold('stick', { m1: 10, m2: 10 });
  driving.halt('The link was lost.');
  driving.hold('stick', { m1: 90, m2: 90 });
  expect(drive.last).toBe('release');
  driving.letGo('stick');
  driving.hold('stick', { m1: 30, m2: 30 });
  expect(drive.last).toEqual({ m1: 30, m2: 30 });
  expect(driving.halted.value).toBeNull();
});

test('who began while driving was not allowed does not begin to drive when it is', () => {
  let isAllowed = false;
  const { driving, drive } = begin(() => isAllowed);
  driving.hold('keys', { m1: 10, m2: 10 });
  isAllowed = true;
  driving.hold('keys', { m1: 10, m2: 10 });
  expect(drive.told).toEqual([]);
  driving.letGo('keys');
  driving.hold('keys', { m1: 10, m2: 10 });
  expect(drive.last).toEqual({ m1: 10, m2: 10 });
});

test('another limit changes what is held, and begins nothing', () => {
  const { driving, drive } = begin();
  driving.change('stick', { m1: 80, m2: 80 });
  expect(drive.told).toEqual([]);
  driving.hold('stick', { m1: 50, m2: 50 });
  driving.change('stick', { m1: 80, m2: 80 });
  expect(drive.last).toEqual({ m1: 80, m2: 80 });
  driving.change('keys', { m1: 10, m2: 10 });
  expect(drive.last).toEqual({ m1: 80, m2: 80 });
});

test('a halt of what isn’t driven says nothing', () => {
  const { driving, drive } = begin();
  driving.halt('The window lost the focus.');
  expect(driving.halted.value).toBeNull();
  expect(drive.told).toEqual([]);
});

test('a page that hung, or slept, goes on without driving', () => {
  const { driving, drive } = begin();
  driving.check(1_000);
  driving.hold('stick', { m1: 10, m2: 10 }, 60_000);
  driving.check(60_100);
  driving.check(62_000);
  expect(drive.last).toEqual({ m1: 10, m2: 10 });
  driving.check(64_000);
  expect(drive.last).toBe('release');
  expect(driving.halted.value).toContain('hung');
});

test('a command is late after 250 ms, or while it is unanswered for longer', () => {
  const { driving } = begin();
  driving.hold('stick', { m1: 10, m2: 10 }, 1_000);
  driving.answered(40, 'robot', 1_040);
  expect(isLate(driving.roundTrip.value)).toBe(false);
  driving.answered(300, 'robot', 1_340);
  expect(driving.roundTrip.value).toEqual({ ms: 300, from: 'robot', isAnswered: true });
  expect(isLate(driving.roundTrip.value)).toBe(true);
  driving.answered(20, 'robot', 1_700);
  driving.check(1_900);
  expect(isLate(driving.roundTrip.value)).toBe(false);
  driving.check(2_100);
  expect(driving.roundTrip.value).toEqual({ ms: 350, from: 'robot', isAnswered: false });
  expect(isLate(driving.roundTrip.value)).toBe(true);
});
