// Robots of the older kind: objects over plain TCP, no watchdog, no answers.
import { expect, test } from '../fixtures/console.js';
import { OldRobot } from '../fixtures/devices.js';
import { type ConciergeNode, dialects } from '../fixtures/programs.js';
import { drag, joystick, motor, openRobot, situation } from '../fixtures/robots.js';

const forward = { m1: { dir: 'CW', spd: 50 }, m2: { dir: 'CW', spd: 50 } };

/** The speeds that it was told last. */
function speeds(robot: OldRobot): number[] | undefined {
  const motors = robot.last('com_motor')?.data as Record<string, { spd: number }> | undefined;
  return motors && Object.values(motors).map(({ spd }) => spd);
}

const oldTest = test.extend<{ hub: ConciergeNode; robot: OldRobot }>({
  hub: async ({ programs }, use) => use(await programs.node({ args: dialects })),
  robot: async ({ hub }, use) => {
    const robot = await OldRobot.connect(await hub.dialectPort('iot-robots'), '17', 'Rover');
    await use(robot);
    robot.close();
  },
});

oldTest('It is driven from the browser, by the bytes that it knows', async ({ hub, robot, enter }) => {
  const page = await enter(hub.http, 'ann');
  await openRobot(page, 'robot/17');
  await expect(page.getByRole('heading', { name: 'Rover' })).toBeVisible();
  await drag(page, 0, 1);
  await expect.poll(() => robot.last('com_motor')).toEqual({ type: 'com_motor', data: forward });
  await expect(motor(page, 'm1')).toHaveText('▲ 50');

  await page.mouse.up();
  await expect.poll(() => speeds(robot)).toEqual([0, 0]);
  // One object after the other, with nothing between them and nothing in them that the old program doesn't know.
  const commands = robot.bytes.slice(robot.bytes.indexOf('{"type":"com_motor"'));
  expect(commands).toMatch(/^(\{"type":"com_motor","data":\{[^{}]*(\{[^{}]*\}[^{}]*)*\}\})+$/);
});

oldTest('Light, buzzer and words reach it; what it says is shown', async ({ hub, robot, enter }) => {
  const page = await enter(hub.http, 'ann');
  await openRobot(page, 'robot/17');
  await page.getByRole('switch', { name: 'LED' }).click();
  await expect.poll(() => robot.last('com_led')).toMatchObject({ data: { state: true } });
  await page.getByRole('switch', { name: 'Buzzer' }).click();
  await expect.poll(() => robot.last('com_buzzer')).toMatchObject({ data: { state: true } });
  await page.getByRole('textbox', { name: 'Message to the robot' }).fill('hello');
  await page.getByRole('textbox', { name: 'Message to the robot' }).press('Enter');
  await expect.poll(() => robot.last('msg')).toMatchObject({ data: { data: 'hello' } });

  robot.say('msg', { data: 'hello yourself' });
  robot.say('climate_data', { temperature: 215, pressure: 101_325 });
  await expect(page.getByText('hello yourself')).toBeVisible();
  await expect(page.locator('[data-reading=temperature]')).toHaveText('21.5 °C');
  await expect(page.locator('[data-reading=pressure]')).toHaveText(/1013\.\d hPa/);
});

oldTest('STOP sends it zeros, and nothing but zeros until that is released', async ({ hub, robot, enter }) => {
  const page = await enter(hub.http, 'ann');
  await openRobot(page, 'robot/17');
  await page.keyboard.down('KeyW');
  await expect.poll(() => speeds(robot)).toEqual([50, 50]);
  await page.keyboard.press('Space');

  await expect.poll(() => speeds(robot)).toEqual([0, 0]);
  await expect(situation(page)).toContainText('An old robot keeps no stop of its own');
  await page.keyboard.up('KeyW');
  await page.keyboard.press('KeyW');
  await expect(joystick(page)).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('button', { name: 'Release the stop…' }).press('Enter');
  await page.getByRole('button', { name: 'The way is clear: release' }).press('Enter');
  await expect(joystick(page)).toHaveAttribute('aria-disabled', 'false');
  expect(speeds(robot)).toEqual([0, 0]);
});

oldTest('A page that hangs while it drives: the concierge tells the robot to stop', async ({ hub, robot, enter }) => {
  const page = await enter(hub.http, 'ann');
  await openRobot(page, 'robot/17');
  await page.keyboard.down('KeyW');
  await expect.poll(() => speeds(robot)).toEqual([50, 50]);
  const session = await page.context().newCDPSession(page);
  await session.send('Debugger.enable');
  await session.send('Debugger.pause');

  await expect.poll(() => speeds(robot)).toEqual([0, 0]);
  await session.send('Debugger.disable');
  await page.keyboard.up('KeyW');
});

oldTest('A tab that dies while it drives: the concierge tells the robot to stop', async ({ hub, robot, enter }) => {
  const page = await enter(hub.http, 'ann');
  await openRobot(page, 'robot/17');
  await page.keyboard.down('KeyW');
  await expect.poll(() => speeds(robot)).toEqual([50, 50]);
  const session = await page.context().newCDPSession(page);
  // It never answers: its process is gone.
  session.send('Page.crash').catch(() => {});

  await expect.poll(() => speeds(robot)).toEqual([0, 0]);
});
