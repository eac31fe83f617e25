import { expect, test } from '@playwright/test';
import type { Robot, RobotEvents, RobotStatus } from '@concierge/client';
import { RobotModel } from '../../../Concierge.Console/src/robots/robotModel.js';
import { driverOf, faultsOf, stateOf } from '../../../Concierge.Console/src/robots/state.js';

/** A model on a clock that the test moves, and a robot that says what the test has it say. */
function watch(service = 'robot/r1') {
  const time = { now: 0 };
  const model = new RobotModel(service, () => time.now);
  const handlers = new Map<string, (event: never) => void>();
  const robot = {
    on: (event: string, handler: (event: never) => void) => (handlers.set(event, handler), () => {}),
  } as unknown as Pick<Robot, 'on'>;
  model.attach(robot);
  const say = <K extends keyof RobotEvents>(event: K, told: RobotEvents[K]) => handlers.get(event)?.(told as never);
  const tell = (kind: string, message: unknown) => say('telemetry', { kind, data: message });
  model.find();
  return { model, say, tell, time };
}

const fine: RobotStatus = {
  uptime: 10,
  link: { connected: true, losses: 0 },
  driver: null,
  stopped: false,
  faults: [],
};

test('what a robot says is shown when it is published, however much it was', () => {
  const { model, say } = watch();
  for (let pitch = 0; pitch < 1_000; pitch++) say('orientation', { pitch, roll: 0 });
  expect(model.orientation.value).toBeNull();
  model.publishLatest();
  expect(model.orientation.value).toEqual({ pitch: 999, roll: 0 });
});

test('a robot that tells its status is a new one; one that has not after 3 s is an old one', () => {
  const { model, say, time } = watch();
  model.publish();
  expect(model.generation.value).toBe('unknown');
  time.now = 3_000;
  model.publish();
  expect(model.generation.value).toBe('old');
  say('status', fine);
  expect(model.generation.value).toBe('new');
});

test('its state in words: moving, stopped, driven, silent, gone', () => {
  const { model, say, tell, time } = watch();
  const now = () => (model.publish(), stateOf(model, true).text);
  expect(now()).toBe('Nothing heard yet');
  tell('status', {});
  say('status', { ...fine, driver: { uuid: 'u1', name: 'ann', nickname: null } });
  say('motors', { m1: { dir: 'CW', spd: 0 } });
  expect(now()).toBe('Standing');
  expect(driverOf(model, 'u1')).toBe('You drive');
  expect(driverOf(model, 'u2')).toMatch(/ann. drives/);
  say('motors', { m1: { dir: 'CCW', spd: 7 } });
  expect(now()).toBe('Moving');
  say('status', { ...fine, stopped: true });
  expect(now()).toBe('Stopped');
  time.now = 13_000;
  expect(now()).toBe('Last heard 13 s ago');
  say('gone', undefined);
  expect(now()).toBe('Not connected');
  expect(stateOf(model, false).text).toBe('Link lost');
});

test('parts that work again are no faults', () => {
  const { model, say } = watch();
  const fault = { part: 'm1', error: 'x', count: 1, working: false };
  say('status', { ...fine, faults: [fault, { ...fault, part: 'led', working: true }] });
  model.publish();
  expect(faultsOf(model)).toBe(1);
});

test('a robot that is gone does nothing that is known, and what was plotted stays', () => {
  const { model, say } = watch();
  say('status', fine);
  say('motors', { m1: { dir: 'CW', spd: 50 } });
  say('climate', { temperature: 20, pressure: 100_000 });
  model.publish();
  say('gone', undefined);
  expect(model.status.value).toBeNull();
  expect(model.motors.value.size).toBe(0);
  expect(model.temperature.length).toBe(1);
  say('back', undefined);
  expect(model.presence.value).toBe('there');
});

test('nonsense is counted, and nothing else', () => {
  const { model, say, tell, time } = watch();
  const nonsense: unknown[] = [null, 7, 'text', [], {}, { data: null }, { data: { data: null } }, { data: [[[[]]]] }];
  for (const kind of [
    'orientation_data',
    'msg',
    'ros_data',
    'status',
    'command_result',
    '__proto__',
    'constructor',
    '',
  ])
    for (const message of nonsense) tell(kind, message);
  say('climate', { temperature: 1e300, pressure: -1e308 });
  time.now = 1_000;
  model.publish();
  expect(model.rate.value).toBeGreaterThan(0);
  expect(model.temperature.length).toBe(0);
  expect(model.others.value.map((other) => other.name)).toContain('__proto__');
});

test('what it keeps is bounded: topics, kinds, messages, faults, motors, and each of them', () => {
  const { model, say, tell, time } = watch();
  const long = 'x'.repeat(100_000);
  for (let i = 0; i < 1_000; i++) {
    say('ros', { topic: `/t${i}`, msg: { long } });
    tell(`kind${i}`, { data: long });
    tell('msg', { data: { data: long } });
  }
  say('motors', Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`m${i}`, { dir: 'CW' as const, spd: 1 }])));
  const fault = { part: long, error: long, count: 1, working: false };
  say('status', { ...fine, faults: Array.from({ length: 100 }, () => fault) });
  time.now = 2_000;
  model.publish();
  expect(model.topics.value).toHaveLength(64);
  expect(model.topicsCut.value).toBe(true);
  expect(model.others.value).toHaveLength(32);
  expect(model.log.value).toHaveLength(200);
  expect(model.motors.value.size).toBe(8);
  expect(model.status.value?.faults).toHaveLength(16);
  const shown = [model.topics.value, model.others.value, model.log.value, model.status.value];
  expect(JSON.stringify(shown).length).toBeLessThan(500_000);
});

test('the message rate is what came in a second, and ends with it', () => {
  const { model, tell, time } = watch();
  for (let i = 1; i <= 50; i++) {
    time.now = i * 100;
    tell('orientation_data', {});
    if (i % 3 === 0) model.publish();
  }
  expect(model.rate.value).toBeCloseTo(10, 0);
  time.now = 30_000;
  model.publish();
  expect(model.rate.value).toBeLessThan(1);
  expect(model.silence.value).toBe(25);
  time.now = 40_000;
  model.publish();
  expect(model.rate.value).toBe(0);
});

test('a ROS device’s readings are shown, the newest by itself', () => {
  const { model, tell, time } = watch('ros/7');
  tell('ros_data', { data: { m_id: 7, data: [{ range: 1 }, { range: 2 }] } });
  time.now = 1_000;
  model.publish();
  expect(model.topics.value.find((topic) => topic.name === 'Newest reading')?.line).toBe('{ "range": 2 }');
});
