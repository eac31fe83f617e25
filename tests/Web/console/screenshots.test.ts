// The pictures of the documentation: always taken, and put into docs/images/ with UPDATE_SCREENSHOTS=1.
import { copyFile, mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ConciergeClient } from '@concierge/client';
import type { Page } from '@playwright/test';
import { joinRoom, say, timeline } from '../fixtures/chat.js';
import { startCluster } from '../fixtures/cluster.js';
import { expect, goTo, test } from '../fixtures/console.js';
import { OldRobot, PlainClient } from '../fixtures/devices.js';
import { dialects } from '../fixtures/programs.js';
import { drag, joystick, motor, openRobot } from '../fixtures/robots.js';

const taken = fileURLToPath(new URL('../../../artifacts/web-tests/screenshots/', import.meta.url));
const documentation = fileURLToPath(new URL('../../../docs/images/', import.meta.url));

const desk = { viewport: { width: 1280, height: 800 } };
const dark = { ...desk, colorScheme: 'dark' as const };
const phone = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 1.5, isMobile: true, hasTouch: true };

async function take(page: Page, name: string): Promise<void> {
  const path = `${taken}${name}.png`;
  // No row or button is lit up because the mouse happens to be there.
  if ((await page.locator('[data-held=true]').count()) === 0) await page.mouse.move(0, 0);
  await page.screenshot({ path, caret: 'hide', animations: 'disabled' });
  if (process.env.UPDATE_SCREENSHOTS !== '1') return;
  await mkdir(documentation, { recursive: true });
  await copyFile(path, `${documentation}${name}.png`);
}

test('Signing in, and talking', async ({ programs, visit, enter }) => {
  const node = await programs.node({ args: dialects });
  await programs.chatService(node.url);
  const page = await visit(node.http, desk);
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused();
  await take(page, 'sign-in');

  const ann = await enter(node.http, 'ann', desk);
  const old = await PlainClient.connect(`ws://127.0.0.1:${await node.dialectPort('chatroom')}`);
  await expect.poll(() => old.received.length).toBe(4);
  old.say('3');
  const bob = await ConciergeClient.connect({ url: node.url, name: 'bob', nickname: 'Bob the Builder' });
  const rover = await ConciergeClient.connect({ url: node.url, name: 'rover_7', tags: ['robot'] });
  for (const client of [bob, rover]) await client.joinRoom('3');
  await bob.joinRoom('workshop');
  await joinRoom(ann, 'workshop');
  await joinRoom(ann, '3');
  const room = { type: 'ROOM', room: '3' } as const;
  old.say({
    message: 'Good morning! Is the rover out already?',
    user_id: Number(old.received[1]),
    command_status: false,
  });
  await expect(timeline(ann)).toContainText('Good morning!');
  await say(ann, 'It has been since eight.');
  await bob.send(room, { type: 'TEXT', text: 'I can hear it from here as well.' });
  await rover.send(room, { type: 'position', x: 12.4, y: -3.1, heading: 271, battery: { volts: 11.9, percent: 84 } });
  await say(ann, 'There it is. Bring it back by noon, please.');
  await bob.send({ type: 'ROOM', room: 'workshop' }, 'Who has the 10 mm spanner?');
  await expect(ann.getByRole('link', { name: /workshop.*1 unread/ })).toBeVisible();
  await expect(timeline(ann)).toContainText('by noon');
  await take(ann, 'chat');
  for (const client of [bob, rover]) await client.close();
  old.close();
});

test('Robots: all of them, one that is driven, and the same on a phone', async ({ programs, enter }) => {
  const node = await programs.node({ args: dialects });
  const robot = (id: string, name: string) =>
    programs.robot(node.url, id, { args: ['--name', name, '--set', 'robot.watchdog=3s'] });
  await robot('rover', 'Rover');
  await robot('mower', 'Lawn mower');
  const old = await OldRobot.connect(await node.dialectPort('iot-robots'), '17', 'Old faithful');
  const measuring = setInterval(() => {
    old.say('orientation_data', { pitch: 4, roll: -2 });
    old.say('climate_data', { temperature: 218, pressure: 101_240 });
  }, 200);
  const bob = await enter(node.http, 'bob', dark);
  await openRobot(bob, 'robot/mower');
  await bob.keyboard.down('KeyW');
  const page = await enter(node.http, 'ann', desk);
  await goTo(page, 'Robots');
  await expect(page.getByRole('listitem').filter({ hasText: 'robot/mower' })).toContainText(/bob.? drives/);
  await expect(page.getByRole('listitem').filter({ hasText: 'robot/17' })).toContainText('hPa');
  await take(page, 'robots');
  await bob.keyboard.up('KeyW');

  await openRobot(bob, 'robot/rover');
  await drag(bob, 0.35, 0.6);
  await expect(motor(bob, 'm1')).toHaveText(/▲ [1-9]/);
  await expect(bob.locator('[data-reading=pressure]')).toHaveText(/hPa/);
  await expect(bob.locator('.facts-number')).toHaveText(/[1-9]/);
  await take(bob, 'robot');
  await bob.mouse.up();
  await expect(motor(bob, 'm1')).toHaveText('0');

  const thumb = await enter(node.http, 'cid', phone);
  await openRobot(thumb, 'robot/rover');
  await joystick(thumb).scrollIntoViewIfNeeded();
  await expect(thumb.locator('[data-robot-driver]')).toHaveText('Free');
  await expect(thumb.locator('[data-reading=pressure]')).toHaveText(/hPa/);
  await take(thumb, 'robot-phone');
  clearInterval(measuring);
  old.close();
});

test('The cluster', async ({ programs, enter }) => {
  const [first, second] = await startCluster(programs, 2, { env: { CONCIERGE__ADMIN__SECRET: 'x' } });
  const people = await Promise.all(
    ['ann', 'bob', 'cid', 'dora'].map((name, i) =>
      ConciergeClient.connect({ url: (i % 2 === 0 ? first! : second!).url, name, tags: i === 2 ? ['tablet'] : [] }),
    ),
  );
  for (const person of people) await person.joinRoom('lobby');
  await people[0]!.createService('news', 'The news');
  const page = await enter(first!.http, 'operator', dark);
  await goTo(page, 'Cluster');
  let ticks = 0;
  const talking = setInterval(() => {
    ticks++;
    for (const person of ticks % 3 === 0 ? people : people.slice(0, 1))
      void person.send({ type: 'ROOM', room: 'lobby' }, 'hello').catch(() => {});
  }, 40);
  // A line takes a few readings; each has another uptime.
  const uptime = page.getByRole('row').filter({ hasText: 'node_1' }).getByRole('cell').nth(1);
  const readings = new Set<string | null>();
  const count = async () => readings.add(await uptime.textContent()).size;
  await expect.poll(count, { timeout: 45_000, intervals: [500] }).toBeGreaterThan(7);
  await take(page, 'cluster');
  clearInterval(talking);
  for (const person of people) await person.close();
});
