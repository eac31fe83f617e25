// Somebody drives the simulated robot, and what stops it.
import { ConciergeClient, Robot, type Motors } from '@concierge/client';
import type { Page } from '@playwright/test';
import { expect, goTo, me, test } from '../fixtures/console.js';
import { unique } from '../fixtures/programs.js';
import { Proxy } from '../fixtures/proxy.js';
import { drag, joystick, motor, openRobot, situation } from '../fixtures/robots.js';

/** Whether motors stand, whatever way they turned. */
function stand(motors: Motors | undefined): boolean {
  return motors !== undefined && Object.values(motors).every(({ spd }) => spd === 0);
}

/** On a busy machine commands take their time, the first ones above all; what is too late is refused. */
const patient = { args: ['--set', 'robot.watchdog=3s'] };

/** A robot, and a witness: another client that hears what its motors do. */
const robotTest = test.extend<{ robot: { id: string; service: string; watched: Robot; motors: Motors[] } }>({
  robot: async ({ node, programs }, use) => {
    const id = unique('r');
    const witness = await ConciergeClient.connect({ url: node.url, name: unique('witness') });
    await programs.robot(node.url, id, patient);
    const motors: Motors[] = [];
    const watched = await Robot.watch(witness, id, (robot) => robot.on('motors', (state) => motors.push(state)));
    await use({ id, service: `robot/${id}`, watched, motors });
    await witness.close();
  },
});

robotTest('The motors follow the joystick, and stand when it is let go of', async ({ node, robot, enter }) => {
  const page = await enter(node.http, unique('ann'));
  await openRobot(page, robot.service);
  await drag(page, 0, 1);

  await expect(motor(page, 'm1')).toHaveText('▲ 50');
  await expect(motor(page, 'm2')).toHaveText('▲ 50');
  await expect.poll(() => robot.motors.at(-1)).toEqual({ m1: { dir: 'CW', spd: 50 }, m2: { dir: 'CW', spd: 50 } });
  await expect(situation(page)).toContainText('You drive');
  await expect(page.locator('[data-round-trip]')).toContainText(/\d+ ms/);

  await page.mouse.up();
  await expect(motor(page, 'm1')).toHaveText('0');
  await expect.poll(() => stand(robot.motors.at(-1))).toBe(true);
});

robotTest('To the side it turns in place; the limit bounds how fast', async ({ node, robot, enter }) => {
  const page = await enter(node.http, unique('ann'));
  await openRobot(page, robot.service);
  await page.getByRole('slider', { name: 'Speed limit' }).fill('100');
  await drag(page, 1, 0);

  await expect.poll(() => robot.motors.at(-1)).toEqual({ m1: { dir: 'CW', spd: 100 }, m2: { dir: 'CCW', spd: 100 } });
  await expect(motor(page, 'm2')).toHaveText('▼ 100');
  await page.mouse.up();
  await expect.poll(() => stand(robot.motors.at(-1))).toBe(true);
});

for (const [key, m1, m2] of [
  ['KeyW', '▲ 50', '▲ 50'],
  ['ArrowDown', '▼ 50', '▼ 50'],
  ['KeyA', '▼ 50', '▲ 50'],
  ['ArrowRight', '▲ 50', '▼ 50'],
] as const) {
  robotTest(`A key drives as long as it is held: ${key}`, async ({ node, robot, enter }) => {
    const page = await enter(node.http, unique('ann'));
    await openRobot(page, robot.service);
    await page.keyboard.down(key);
    await expect(motor(page, 'm1')).toHaveText(m1);
    await expect(motor(page, 'm2')).toHaveText(m2);

    await page.keyboard.up(key);
    await expect(motor(page, 'm1')).toHaveText('0');
    await expect.poll(() => stand(robot.motors.at(-1))).toBe(true);
  });
}

robotTest('STOP stops for everybody, and is released in two steps', async ({ node, robot, enter }) => {
  const page = await enter(node.http, unique('ann'));
  await openRobot(page, robot.service);
  await page.keyboard.down('KeyW');
  await expect(motor(page, 'm1')).toHaveText('▲ 50');
  await page.getByRole('button', { name: 'STOP' }).click();

  await expect(motor(page, 'm1')).toHaveText('0');
  await expect(situation(page)).toContainText('Stopped.');
  await expect(joystick(page)).toHaveAttribute('aria-disabled', 'true');
  expect((await robot.watched.command('com_motor', { m1: { dir: 'CW', spd: 20 } })).ok).toBe(false);

  await page.keyboard.up('KeyW');
  await page.getByRole('button', { name: 'Release the stop…' }).click();
  await page.getByRole('button', { name: 'The way is clear: release' }).click();
  await expect(joystick(page)).toHaveAttribute('aria-disabled', 'false');
  await page.keyboard.down('KeyW');
  await expect(motor(page, 'm1')).toHaveText('▲ 50');
  await page.keyboard.up('KeyW');
});

robotTest(
  'The space bar stops, whatever button has the focus, and a held stick does not go on',
  async ({ node, robot, enter }) => {
    const page = await enter(node.http, unique('ann'));
    await openRobot(page, robot.service);
    await drag(page, 0, 1);
    await expect(motor(page, 'm1')).toHaveText('▲ 50');
    await page.getByRole('switch', { name: 'LED' }).focus();
    await page.keyboard.press('Space');

    await expect(situation(page)).toContainText('Stopped.');
    await expect(motor(page, 'm1')).toHaveText('0');
    await expect(page.getByRole('switch', { name: 'LED' })).not.toBeChecked();
    await page.getByRole('button', { name: 'Release the stop…' }).press('Enter');
    await page.getByRole('button', { name: 'The way is clear: release' }).press('Enter');
    await expect(joystick(page)).toHaveAttribute('aria-disabled', 'false');
    const before = robot.motors.length;
    // The mouse is still down: moving it must not drive.
    await page.mouse.move(5, 5);
    await robot.watched.setLed(true);
    expect(robot.motors.slice(before)).toEqual([]);
    await page.mouse.up();
  },
);

robotTest('A tab that is hidden stops the robot, and says so', async ({ node, robot, enter }) => {
  const page = await enter(node.http, unique('ann'));
  await openRobot(page, robot.service);
  await page.keyboard.down('KeyW');
  await expect(motor(page, 'm1')).toHaveText('▲ 50');
  // Chromium without a screen never hides a page, be it minimised or behind another: so it is told that it is.
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  });

  await expect.poll(() => stand(robot.motors.at(-1))).toBe(true);
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'visible' });
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => false });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  });
  await expect(situation(page)).toContainText('the tab was hidden');
  await expect(motor(page, 'm1')).toHaveText('0');
  await page.keyboard.up('KeyW');
  await page.keyboard.down('KeyW');
  await expect(motor(page, 'm1')).toHaveText('▲ 50');
  await page.keyboard.up('KeyW');
});

robotTest('A window that loses the focus stops the robot, and says so', async ({ node, robot, enter }) => {
  const page = await enter(node.http, unique('ann'));
  await openRobot(page, robot.service);
  // Without this every page of a test thinks that it has the focus.
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setFocusEmulationEnabled', { enabled: false });
  await page.bringToFront();
  await page.keyboard.down('ArrowUp');
  await expect(motor(page, 'm1')).toHaveText('▲ 50');
  const other = await page.context().newPage();
  await other.bringToFront();

  await expect(situation(page)).toContainText('the window lost the focus');
  await expect.poll(() => stand(robot.motors.at(-1))).toBe(true);
});

robotTest('Who leaves the page stops the robot', async ({ node, robot, enter }) => {
  const page = await enter(node.http, unique('ann'));
  await openRobot(page, robot.service);
  await page.keyboard.down('KeyW');
  await expect(motor(page, 'm1')).toHaveText('▲ 50');
  await goTo(page, 'Chat');

  await expect.poll(() => stand(robot.motors.at(-1))).toBe(true);
});

robotTest(
  'A link that is cut stops the robot, which the page says, and is back by itself without driving',
  async ({ node, robot, enter }) => {
    const proxy = await Proxy.before(node.url);
    const page = await enter(proxy.through(node.http), unique('ann'));
    await openRobot(page, robot.service);
    await page.keyboard.down('KeyW');
    await expect.poll(() => stand(robot.motors.at(-1))).toBe(false);
    proxy.cut();

    await expect(situation(page)).toContainText('The link to the concierge is lost');
    await expect(joystick(page)).toHaveAttribute('aria-disabled', 'true');
    await expect.poll(() => stand(robot.motors.at(-1))).toBe(true);
    await page.getByRole('button', { name: 'STOP' }).click();
    await expect(situation(page)).toContainText('Not sent');

    proxy.heal();
    await expect(joystick(page)).toHaveAttribute('aria-disabled', 'false', { timeout: 35_000 });
    const before = robot.motors.length;
    await robot.watched.setLed(true);
    expect(robot.motors.slice(before)).toEqual([]);
    await page.keyboard.up('KeyW');
    await page.context().close();
    await proxy.close();
  },
);

robotTest('A link that stalls shows as late, and the robot stops by itself', async ({ node, robot, enter }) => {
  const proxy = await Proxy.before(node.url);
  const page = await enter(proxy.through(node.http), unique('ann'));
  await openRobot(page, robot.service);
  await page.keyboard.down('KeyW');
  await expect(motor(page, 'm1')).toHaveText('▲ 50');
  proxy.stall();

  await expect(page.locator('[data-round-trip]')).toContainText('late');
  await expect.poll(() => stand(robot.motors.at(-1))).toBe(true);
  proxy.heal();
  await page.keyboard.up('KeyW');
  await page.context().close();
  await proxy.close();
});

robotTest('While somebody else drives the controls are taken, with by whom', async ({ node, robot, enter }) => {
  const driver = await ConciergeClient.connect({ url: node.url, name: unique('bob'), nickname: 'Bob the driver' });
  const page = await enter(node.http, unique('ann'));
  await openRobot(page, robot.service);
  const drive = (await Robot.watch(driver, robot.id)).drive();
  drive.hold(30, -30);

  await expect(situation(page)).toContainText(/Bob the driver.? drives/);
  await expect(joystick(page)).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByRole('switch', { name: 'LED' })).toBeDisabled();
  await page.keyboard.down('KeyW');
  await expect(motor(page, 'm1')).toHaveText('▲ 30');
  await expect(motor(page, 'm2')).toHaveText('▼ 30');
  await page.keyboard.up('KeyW');

  // But anybody may stop it.
  await page.getByRole('button', { name: 'STOP' }).click();
  await expect.poll(() => stand(robot.motors.at(-1))).toBe(true);
  await expect(situation(page)).toContainText('Stopped.');
  await driver.close();
});

robotTest('What the robot measures is shown, and its switches are confirmed', async ({ node, robot, enter }) => {
  const page = await enter(node.http, unique('ann'));
  await openRobot(page, robot.service);

  await expect(page.locator('[data-reading=temperature]')).toHaveText(/\d °C/);
  await expect(page.locator('[data-reading=pressure]')).toHaveText(/\d hPa/);
  await page.getByRole('switch', { name: 'LED' }).click();
  await expect(page.getByText('on, confirmed')).toBeVisible();
  await page.getByRole('textbox', { name: 'Message to the robot' }).fill('hello');
  await page.getByRole('textbox', { name: 'Message to the robot' }).press('Enter');
  await expect(page.getByText('The robot has it.')).toBeVisible();
});

robotTest('In the list a robot shows how it is, and is stopped from there', async ({ node, robot, enter }) => {
  const page = await enter(node.http, unique('ann'));
  await goTo(page, 'Robots');
  const row = page.getByRole('listitem').filter({ hasText: robot.service });
  await expect(row).toContainText(/hPa/);
  await expect(row).toContainText(/°/);
  const drive = robot.watched.drive();
  drive.hold(20, 20);
  await expect(row).toContainText(/witness.* drives/i);

  await row.getByRole('button', { name: `Stop ${robot.service}` }).click();

  await expect.poll(() => stand(robot.motors.at(-1))).toBe(true);
  await expect(row.locator('[data-robot-state]')).toHaveText(/stopped/i);
  await drive.close();
});

robotTest('A robot that goes and comes back is shown as both', async ({ node, programs, enter }) => {
  const id = unique('r');
  const program = await programs.robot(node.url, id, patient);
  const page = await enter(node.http, unique('ann'));
  await openRobot(page, `robot/${id}`);
  await program.stop('SIGKILL');
  await expect(situation(page)).toContainText('isn’t connected');
  await expect(joystick(page)).toHaveAttribute('aria-disabled', 'true');

  await programs.robot(node.url, id, patient);
  await expect(joystick(page)).toHaveAttribute('aria-disabled', 'false');
});

robotTest('The hand is off the stick although another button is down', async ({ node, robot, enter }) => {
  const page = await enter(node.http, unique('ann'));
  await openRobot(page, robot.service);
  await drag(page, 0, 1);
  await expect(motor(page, 'm1')).toHaveText('▲ 50');
  await page.mouse.down({ button: 'right' });
  await page.mouse.up();

  await expect(motor(page, 'm1')).toHaveText('0');
  await page.mouse.up({ button: 'right' });
  const forward = page.getByRole('button', { name: 'Left motor forward, while held' });
  await forward.hover();
  await page.mouse.down();
  await expect(motor(page, 'm1')).toHaveText('▲ 50');
  await page.mouse.down({ button: 'right' });
  await page.mouse.up();

  await expect(motor(page, 'm1')).toHaveText('0');
});

for (const [what, open] of [
  ['A menu', (page: Page) => page.getByRole('heading', { name: 'Condition' }).click({ button: 'right' })],
  ['A dialog', (page: Page) => me(page).click()],
] as const) {
  robotTest(`${what} that may take the keys from the page ends driving by them`, async ({ node, robot, enter }) => {
    const page = await enter(node.http, unique('ann'));
    await openRobot(page, robot.service);
    await page.keyboard.down('KeyW');
    await expect(motor(page, 'm1')).toHaveText('▲ 50');
    await open(page);

    await expect(motor(page, 'm1')).toHaveText('0');
    await expect(situation(page)).toContainText('was opened');
    // Behind a dialog nothing drives.
    await page.keyboard.up('KeyW');
    const before = robot.motors.length;
    if (what === 'A dialog') {
      await page.getByRole('button', { name: 'Sign out' }).focus();
      await page.keyboard.press('KeyW');
      await robot.watched.setLed(true);
      expect(robot.motors.slice(before)).toEqual([]);
      await page.keyboard.press('Escape');
    }
    await page.keyboard.down('KeyW');
    await expect(motor(page, 'm1')).toHaveText('▲ 50');
    await page.keyboard.up('KeyW');
  });
}

robotTest('What one hand lets go of, the other still holds, and the knob shows it', async ({ node, robot, enter }) => {
  const page = await enter(node.http, unique('ann'));
  await openRobot(page, robot.service);
  await drag(page, 0, 1);
  await expect(motor(page, 'm1')).toHaveText('▲ 50');
  const knob = page.locator('.pad-knob');
  const held = await knob.getAttribute('style');
  await page.keyboard.down('KeyA');
  await expect(motor(page, 'm1')).toHaveText('▼ 50');
  await page.keyboard.up('KeyA');

  await expect(motor(page, 'm1')).toHaveText('▲ 50');
  await expect(knob).toHaveAttribute('style', held ?? '');
  await page.mouse.up();
  await expect(motor(page, 'm1')).toHaveText('0');
});
