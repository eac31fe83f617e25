import { type ConciergeClient, Robot, type RobotDrive, type Service } from '@concierge/client';
import { type Connect, expect, test } from '../fixtures/clients.js';
import { next, record } from '../fixtures/occurrences.js';
import { unique } from '../fixtures/programs.js';

/** A command, as a robot gets it. */
interface Command {
  readonly type: string;
  readonly id?: string;
  readonly data: Readonly<Record<string, { readonly dir: string; readonly spd: number }>>;
}

/** A robot whose answers are the test's, and somebody who drives it. */
interface Stage {
  readonly owner: ConciergeClient;
  readonly driver: ConciergeClient;
  readonly service: Service;
  readonly robot: Robot;
  readonly commands: Command[];
  /** Resolves when so many commands have come in. */
  came(count: number): Promise<void>;
  answer(command: Command | undefined, ok?: boolean): Promise<void>;
  /** Speeds of a command, and whether it has an id. */
  summary(): string[];
}

const status = {
  type: 'status',
  data: { uptime: 1, link: { connected: true, losses: 0 }, driver: null, stopped: false, faults: [] },
};

async function stage(connect: Connect): Promise<Stage> {
  const [owner, driver] = [await connect(), await connect()];
  const commands: Command[] = [];
  let look = () => {};
  const id = unique('fake');
  const service = await owner.serve(`robot/${id}`, {
    onMessage: (_, data) => {
      commands.push(data as Command);
      look();
    },
  });
  const robot = await Robot.watch(driver, id);
  const known = next(robot, 'status');
  await service.broadcast(status);
  await known;
  return {
    owner,
    driver,
    service,
    robot,
    commands,
    came: async (count) => {
      while (commands.length < count) await new Promise<void>((resolve) => (look = resolve));
    },
    answer: (command, ok = true) =>
      service.sendTo(driver.uuid, { type: 'command_result', data: { id: command?.id, ok, error: ok ? null : 'no' } }),
    summary: () =>
      commands.map(
        ({ id, data }) =>
          `${id ? 'asked' : 'told'} ${Object.entries(data)
            .map(([motor, { dir, spd }]) => `${motor}:${dir === 'CCW' ? '-' : ''}${spd}`)
            .join(' ')}`,
      ),
  };
}

/** So much has gone to and fro that whatever was going to be sent would have come in. */
async function settle({ owner, driver }: Stage): Promise<void> {
  for (let n = 0; n < 20; n++) await driver.ping();
  // Messages from one to another keep their order.
  const last = next(owner, 'message', ({ data }) => data === 'settled');
  await driver.send({ type: 'NAME', name: owner.name }, 'settled');
  await last;
}

test('No more than one command is on its way, and the next is what is held by then', async ({ connect }) => {
  const it = await stage(connect);
  const drive = it.robot.drive({ interval: 1 });
  for (let speed = 1; speed <= 50; speed++) drive.hold(speed, speed);
  await it.came(1);
  for (let speed = 51; speed <= 100; speed++) drive.hold(speed, -speed);
  await settle(it);
  expect(it.commands.length).toBe(1);
  await it.answer(it.commands[0]);
  await it.came(2);
  await settle(it);
  expect(it.summary()).toEqual(['asked m1:50 m2:50', 'asked m1:100 m2:-100']);
  await it.answer(it.commands[1]);
  await it.came(3);
  expect(it.summary()[2]).toBe('asked m1:100 m2:-100'); // Held, so said again.
});

test('Only a stop doesn’t wait for an answer, and what is held next waits for both', async ({ connect }) => {
  const it = await stage(connect);
  const drive = it.robot.drive({ interval: 1 });
  drive.hold(50, 50);
  await it.came(1);
  drive.release();
  await it.came(2);
  drive.hold(20, 20);
  await settle(it);
  expect(it.summary()).toEqual(['asked m1:50 m2:50', 'told m1:0 m2:0']);
  await it.answer(it.commands[0]);
  await it.came(3);
  expect(it.summary()[2]).toBe('asked m1:20 m2:20');
});

test('Motors that are no longer held are stopped', async ({ connect }) => {
  const it = await stage(connect);
  const drive = it.robot.drive();
  drive.hold({ arm: -5, leg: 7 });
  await it.came(1);
  drive.hold({ leg: 7 });
  await it.answer(it.commands[0]);
  await it.came(2);
  drive.release();
  await it.came(3);
  expect(it.summary()).toEqual(['asked arm:-5 leg:7', 'asked arm:0 leg:7', 'told arm:0 leg:0']);
});

test('What isn’t held anew in time is released', async ({ connect }) => {
  const it = await stage(connect);
  const drive = it.robot.drive({ interval: 1, holdTimeout: 1 });
  drive.hold(50, 50);
  await it.came(1);
  await it.answer(it.commands[0]);
  while (!it.summary().includes('told m1:0 m2:0')) {
    await it.came(it.commands.length + 1);
    await it.answer(it.commands.at(-1));
  }
  expect(drive.held).toBeNull();
});

test('What isn’t held anew in time is released although a command is unanswered', async ({ connect }) => {
  const it = await stage(connect);
  const drive = it.robot.drive({ holdTimeout: 100 });
  drive.hold(50, 50);
  await it.came(2);
  expect(it.summary()).toEqual(['asked m1:50 m2:50', 'told m1:0 m2:0']);
  expect(drive.held).toBeNull();
});

test('A robot that is watched anew while its former view ends is watched', async ({ connect }) => {
  const it = await stage(connect);
  const drive = it.robot.drive();
  drive.hold(50, 50);
  await it.came(1);
  const ended = it.robot.close();
  const again = await Robot.watch(it.driver, it.robot.id);
  await ended;
  const heard = next(again, 'status');
  await it.service.broadcast(status);
  await heard;
  expect(it.summary().at(-1)).toBe('told m1:0 m2:0');
});

test('A refusal lets go, and is told', async ({ connect }) => {
  const it = await stage(connect);
  const drive = it.robot.drive({ interval: 1 });
  const [refused, fault] = [next(it.robot, 'refused'), next(drive, 'fault')];
  drive.hold(50, 50);
  await it.came(1);
  await it.answer(it.commands[0], false);
  expect(await refused).toEqual({ ok: false, error: 'no', from: 'robot' });
  expect(String(await fault)).toContain('no');
  expect(drive.held).toBeNull();
  await settle(it);
  expect(it.commands.length).toBe(1);
});

test('A command that can’t be sent lets go', async ({ connect }) => {
  const it = await stage(connect);
  const drive = it.robot.drive();
  const faults = record(drive, 'fault');
  const gone = next(it.robot, 'gone');
  drive.hold(50, 50);
  await it.came(1);
  await it.service.close();
  await gone;
  expect(drive.held).toBeNull();
  expect(faults.length).toBe(1);
});

test('Closing a drive, its robot’s view or its client stops the motors first', async ({ connect }) => {
  const it = await stage(connect);
  const close: ((drive: RobotDrive) => Promise<void>)[] = [(drive) => drive.close(), () => it.robot.close()];
  for (const end of close) {
    const before = it.commands.length;
    const drive = it.robot.drive();
    drive.hold(50, 50);
    await it.came(before + 1);
    const ended = end(drive);
    await it.came(before + 2);
    expect(it.summary().at(-1)).toBe('told m1:0 m2:0');
    await it.answer(it.commands[before]);
    await ended;
  }
});

for (const [what, held] of Object.entries({
  'too fast': [101, 0],
  'no whole number': [0.5, 0],
  'no number': [NaN, 0],
  missing: [0, undefined],
})) {
  test(`A speed that is ${what} is refused`, async ({ connect }) => {
    const drive = (await stage(connect)).robot.drive();
    expect(() => drive.hold(held[0] as number, held[1] as number)).toThrow(RangeError);
    expect(drive.held).toBeNull();
  });
}

test('Nonsense from a robot is telemetry, and nothing else', async ({ connect }) => {
  const { robot, service, driver } = await stage(connect);
  const events = (['orientation', 'climate', 'motors', 'status', 'ros', 'refused'] as const).map((event) =>
    record<Robot, typeof event>(robot, event),
  );
  const telemetry = record(robot, 'telemetry');
  const faults = record(driver, 'fault');
  const nonsense: unknown[] = [
    null,
    'x',
    [],
    {},
    { type: 7 },
    { type: 'orientation_data' },
    { type: 'orientation_data', data: { pitch: '1', roll: 2 } },
    { type: 'orientation_data', data: { pitch: null, roll: 2 } },
    { type: 'climate_data', data: [1, 2] },
    { type: 'motor_state', data: { m1: { dir: 'UP', spd: 1 } } },
    { type: 'motor_state', data: { m1: { dir: 'CW', spd: 1e99 } } },
    { type: 'motor_state', data: { m1: null } },
    { type: 'status', data: { ...status.data, driver: { uuid: 1 } } },
    { type: 'status', data: { ...status.data, faults: [{}] } },
    { type: 'status', data: { ...status.data, link: null } },
    { type: 'ros', topic: 1, msg: 1 },
    { type: 'ros', topic: '/x' },
    { type: 'ros_data', data: { data: 'x' } },
    { type: 'command_result', data: { ok: 'yes' } },
    { type: 'command_result', data: { id: 'unheard-of', ok: false } },
    { type: '__proto__', data: {} },
  ];
  const last = next(robot, 'telemetry', ({ kind }) => kind === '__proto__');
  for (const data of nonsense) await service.broadcast(data);
  await last;
  expect(events.flat()).toEqual([]);
  expect(faults).toEqual([]);
  expect(telemetry.map(({ kind }) => kind)).toContain('ros_data');
  const motors = next(robot, 'motors');
  await service.broadcast(JSON.parse('{"type":"motor_state","data":{"__proto__":{"dir":"CW","spd":1}}}'));
  expect(Object.keys(await motors)).toEqual(['__proto__']);
});
