import { once } from 'node:events';
import { connect as dial } from 'node:net';
import { Robot, type RobotEvents, RequestRefusedError } from '@concierge/client';
import { expect, test } from '../fixtures/clients.js';
import { next, record } from '../fixtures/occurrences.js';
import { dialects, unique } from '../fixtures/programs.js';
import { Proxy } from '../fixtures/proxy.js';

test.describe('A robot', () => {
  test('is found, and tells a newcomer everything at once', async ({ node, programs, connect }) => {
    const id = unique('robot');
    await programs.robot(node.url, id, { args: ['--name', 'Rosie'] });
    const ann = await connect();
    expect(await Robot.find(ann)).toContainEqual({ id, name: 'Rosie', service: `robot/${id}`, kind: 'robot' });

    const told: Promise<unknown>[] = [];
    const robot = await Robot.watch(ann, id, (watched) => {
      for (const event of ['orientation', 'climate', 'motors', 'status'] as const) told.push(next(watched, event));
    });
    const [orientation, climate, motors, status] = (await Promise.all(told)) as [
      RobotEvents['orientation'],
      RobotEvents['climate'],
      RobotEvents['motors'],
      RobotEvents['status'],
    ];
    expect(orientation).toEqual({ pitch: expect.any(Number), roll: expect.any(Number) });
    expect(climate.pressure).toBeGreaterThan(50_000);
    expect(motors).toEqual({ m1: { dir: 'CW', spd: 0 }, m2: { dir: 'CW', spd: 0 } });
    expect(status).toMatchObject({ driver: null, stopped: false, link: { connected: true } });
    expect(robot.answers).toBe(true);
    await robot.close();
    expect((await ann.fetchSelf()).subscriptions).toEqual([]);
  });

  test('answers commands, refusals included', async ({ node, programs, connect }) => {
    const id = unique('robot');
    await programs.robot(node.url, id);
    const ann = await connect();
    const robot = await Robot.watch(ann, `robot/${id}`);
    const done = { ok: true, error: null, from: 'robot' };
    expect(await robot.setLed(true)).toEqual(done);
    expect(await robot.setBuzzer(false)).toEqual(done);
    expect(await robot.turn({ m1: { dir: 'CW', spd: 10 } })).toEqual(done);
    expect(await robot.turn({ m1: { dir: 'CW', spd: 101 } })).toMatchObject({
      ok: false,
      error: expect.stringContaining('m1.spd'),
    });
    expect(await robot.command('dance', {})).toMatchObject({ ok: false, from: 'robot' });
    expect(await Promise.all([robot.setLed(false), robot.command('dance', {}), robot.setLed(true)])).toMatchObject([
      { ok: true },
      { ok: false },
      { ok: true },
    ]);

    const refused = next(robot, 'refused');
    await robot.send('com_led', { state: 'bright' });
    expect((await refused).ok).toBe(false);
  });

  test('follows the stick, stands when it is released, and says how long commands take', async ({
    node,
    programs,
    connect,
  }) => {
    const id = unique('robot');
    await programs.robot(node.url, id);
    const robot = await Robot.watch(await connect(), id);
    const drive = robot.drive();
    const trips = record(drive, 'roundTrip');
    const turns = next(
      robot,
      'motors',
      ({ m1, m2 }) => m1?.dir === 'CW' && m1.spd === 60 && m2?.dir === 'CCW' && m2.spd === 30,
    );
    drive.hold(60, -30);
    await turns;
    expect(drive.held?.get('m2')).toEqual({ dir: 'CCW', spd: 30 });
    // What is held is said again and again, and the robot answers.
    await next(drive, 'roundTrip', () => trips.length >= 5 && trips.at(-1)?.from === 'robot');

    const other = next(robot, 'motors', ({ m1, m2 }) => m1?.spd === 20 && m2?.spd === 0);
    drive.hold({ m1: 20 });
    await other;
    const stands = next(robot, 'motors', ({ m1, m2 }) => m1?.spd === 0 && m2?.spd === 0);
    drive.release();
    await stands;
    expect(drive.held).toBeNull();
    expect(trips.every(({ ms }) => ms > 0)).toBe(true);
    await drive.close();
    expect(() => drive.hold(1, 1)).toThrow('closed');
  });

  test('has one driver; another is refused, let go, and told by whom', async ({ node, programs, connect }) => {
    const id = unique('robot');
    await programs.robot(node.url, id);
    const [ann, bob] = [await connect({ nickname: 'Ann' }), await connect()];
    const [hers, his] = [await Robot.watch(ann, id), await Robot.watch(bob, id)];
    const taken = next(his, 'status', ({ driver }) => driver?.uuid === ann.uuid);
    hers.drive().hold(50, 50);
    expect((await taken).driver).toEqual({ uuid: ann.uuid, name: ann.name, nickname: 'Ann' });

    const drive = his.drive();
    const [refused, fault] = [next(his, 'refused'), next(drive, 'fault')];
    drive.hold(-50, -50);
    expect((await refused).error).toContain(ann.name);
    expect(String(await fault)).toContain(ann.name);
    expect(drive.held).toBeNull();

    // Who leaves gives up control.
    const free = next(his, 'motors', ({ m1 }) => m1?.spd === 0);
    await hers.close();
    await free;
    const turns = next(his, 'motors', ({ m1 }) => m1?.dir === 'CCW');
    await next(his, 'status', ({ driver }) => driver === null);
    drive.hold(-50, -50);
    await turns;
    await drive.close();
  });

  test('is stopped by anybody, and stays so until that is cleared', async ({ node, programs, connect }) => {
    const id = unique('robot');
    await programs.robot(node.url, id);
    const [driver, other] = [await Robot.watch(await connect(), id), await Robot.watch(await connect(), id)];
    const drive = driver.drive();
    const turns = next(driver, 'motors', ({ m1 }) => m1?.spd === 50);
    drive.hold(50, 50);
    await turns;
    const [stands, fault, latched] = [
      next(driver, 'motors', ({ m1 }) => m1?.spd === 0),
      next(drive, 'fault'),
      next(driver, 'status', ({ stopped }) => stopped),
    ];
    expect((await other.stop()).ok).toBe(true);
    await Promise.all([stands, fault, latched]);
    expect(drive.held).toBeNull();
    const again = next(drive, 'fault');
    drive.hold(50, 50);
    await again;
    expect((await driver.clearStop()).ok).toBe(true);
    const turnsAgain = next(driver, 'motors', ({ m1 }) => m1?.spd === 40);
    drive.hold(40, 40);
    await turnsAgain;

    const letGo = driver.stop();
    expect(drive.held).toBeNull();
    expect((await letGo).ok).toBe(true);
    await drive.close();
  });

  test('stands when its driver’s link is lost, and nothing is held when it is back', async ({
    node,
    programs,
    connect,
  }) => {
    const id = unique('robot');
    await programs.robot(node.url, id);
    const proxy = await Proxy.before(node.url);
    const ann = await connect({ url: proxy.through(node.url) });
    const [driver, watcher] = [await Robot.watch(ann, id), await Robot.watch(await connect(), id)];
    const drive = driver.drive();
    const turns = next(watcher, 'motors', ({ m1 }) => m1?.spd === 50);
    drive.hold(50, 50);
    await turns;
    const [stands, fault] = [next(watcher, 'motors', ({ m1 }) => m1?.spd === 0), next(drive, 'fault')];
    proxy.cut();
    await Promise.all([stands, fault]);
    expect(drive.held).toBeNull();
    const back = next(driver, 'status');
    proxy.heal();
    await back;
    expect(drive.held).toBeNull();
    const again = next(driver, 'motors', ({ m1 }) => m1?.spd === 30);
    drive.hold(30, 30);
    await again;
    await ann.close();
    await proxy.close();
  });

  test('leaves, and comes back', async ({ node, programs, connect }) => {
    const id = unique('robot');
    const program = await programs.robot(node.url, id);
    const robot = await Robot.watch(await connect(), id);
    const drive = robot.drive();
    const turns = next(robot, 'motors', ({ m1 }) => m1?.spd === 50);
    drive.hold(50, 50);
    await turns;
    const [gone, fault] = [next(robot, 'gone'), next(drive, 'fault')];
    await program.stop();
    await Promise.all([gone, fault]);
    expect(robot.isGone).toBe(true);
    expect(drive.held).toBeNull();
    await expect(robot.setLed(true)).rejects.toBeInstanceOf(RequestRefusedError);
    const [back, status] = [next(robot, 'back'), next(robot, 'status')];
    await programs.robot(node.url, id);
    await Promise.all([back, status]);
    expect(robot.isGone).toBe(false);
    expect((await robot.setLed(true)).ok).toBe(true);
  });

  test('that isn’t there can’t be watched', async ({ connect }) => {
    await expect(Robot.watch(await connect(), 'nowhere')).rejects.toMatchObject({
      kind: 'INVALID_SERVICE',
      subject: 'robot/nowhere',
    });
  });
});

test('An old robot is driven though it answers nothing', async ({ programs, connect }) => {
  const node = await programs.node({ args: dialects });
  const ann = await connect({ url: node.url });
  const created = next(ann, 'serviceCreated');
  const socket = dial(await node.dialectPort('iot-robots'), '127.0.0.1');
  let heard = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    heard += text;
    socket.emit('heard');
  });
  const hears = async (text: string) => {
    while (!heard.includes(text)) await once(socket, 'heard');
  };
  socket.write('{"type":"self_info","data":{"name":"Old Bot","id":"old1"}}');
  await created;
  expect(await Robot.find(ann)).toEqual([{ id: 'old1', name: 'Old Bot', service: 'robot/old1', kind: 'robot' }]);

  const robot = await Robot.watch(ann, 'old1');
  const climate = next(robot, 'climate');
  socket.write('{"type":"climate_data","data":{"temperature":215,"pressure":101325}}');
  expect(await climate).toEqual({ temperature: 215, pressure: 101325 });

  const drive = robot.drive();
  const trip = next(drive, 'roundTrip');
  drive.hold(50, -50);
  expect(await trip).toMatchObject({ from: 'concierge' });
  await hears('{"type":"com_motor","data":{"m1":{"dir":"CW","spd":50},"m2":{"dir":"CCW","spd":50}}}');
  drive.release();
  await hears('{"type":"com_motor","data":{"m1":{"dir":"CW","spd":0},"m2":{"dir":"CW","spd":0}}}');
  expect(await robot.setLed(true)).toEqual({ ok: true, error: null, from: 'concierge' });
  heard = '';
  expect(await robot.stop()).toMatchObject({ ok: true, from: 'concierge' });
  await hears('{"type":"com_motor","data":{"m1":{"dir":"CW","spd":0},"m2":{"dir":"CW","spd":0}}}');
  expect(heard).toContain('com_stop');
  socket.destroy();
});

test('A ROS device is found and heard, and takes topics', async ({ programs, connect }) => {
  const node = await programs.node({ args: dialects });
  const port = await node.dialectPort('ros-devices');
  const exchange = async (data: string[]) => {
    const socket = dial(port, '127.0.0.1');
    socket.write(JSON.stringify({ m_id: 'turtle', data }));
    const [answer] = (await once(socket.setEncoding('utf8'), 'data')) as [string];
    socket.destroy();
    return answer;
  };
  const ann = await connect({ url: node.url });
  const created = next(ann, 'serviceCreated');
  await exchange([]);
  await created;
  expect(await Robot.find(ann)).toEqual([{ id: 'turtle', name: 'turtle', service: 'ros/turtle', kind: 'ros' }]);
  const device = await Robot.watch(ann, 'ros/turtle');
  const heard = record(device, 'ros');
  const two = next(device, 'ros', ({ msg }) => JSON.stringify(msg) === '{"x":2}');
  await exchange(['{"x":1}', '{"x":2}']);
  await two;
  expect(heard).toEqual([
    { topic: null, msg: { x: 1 } },
    { topic: null, msg: { x: 2 } },
  ]);
  await ann.send({ type: 'SERVICE', service: device.service }, { topic: '/cmd_vel', data: { linear: 1 } });
  // In one of the next exchanges; which, is a matter of how busy the machine is.
  while (!(await exchange([])).includes('/cmd_vel'));
});
