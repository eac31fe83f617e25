// Everything works on a phone: 360 pixels wide, and fingers instead of a mouse.
import type { BrowserContextOptions, Page } from '@playwright/test';
import { composer, joinRoom, timeline } from '../fixtures/chat.js';
import { expect, expectNoOverflow, goTo, signIn, test } from '../fixtures/console.js';
import { unique } from '../fixtures/programs.js';
import { joystick, motor, openRobot, situation } from '../fixtures/robots.js';

const phone: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};

/** A finger on the page, as the browser's own input has it. */
async function finger(page: Page) {
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: { x: number; y: number }[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints });
  return {
    down: (x: number, y: number) => touch('touchStart', { x, y }),
    move: (x: number, y: number) => touch('touchMove', { x, y }),
    up: () => touch('touchEnd'),
  };
}

test('On a phone one signs in, talks, and looks around, and no page is wider than it', async ({
  node,
  programs,
  visit,
}) => {
  const id = unique('r');
  await programs.robot(node.url, id);
  const page = await visit(node.http, phone);
  await expectNoOverflow(page);
  await signIn(page, unique('ann'), {
    nickname: 'Ann with a nickname that is quite a bit longer than a phone is wide',
  });
  await expectNoOverflow(page);

  const room = unique('a_room_with_a_long_name/that-goes-on:and.on');
  await joinRoom(page, room);
  await composer(page).fill(
    'a line that is longer than a phone is wide, and_a_word_that_is_longer_than_a_phone_is_wide_too',
  );
  await page.getByRole('button', { name: 'Send' }).tap();
  await expect(timeline(page)).toContainText('a line that is longer');
  await expectNoOverflow(page);
  await page.getByRole('button', { name: /person is here/ }).tap();
  await expect(page.getByRole('dialog', { name: 'Who is here' })).toContainText('you');
  await expectNoOverflow(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).tap();
  await page.getByRole('link', { name: 'All conversations' }).tap();
  await expect(page.getByRole('link', { name: new RegExp(room) })).toBeVisible();

  await goTo(page, 'Robots');
  await expect(page.getByRole('link', { name: id })).toBeVisible();
  await expectNoOverflow(page);
  await openRobot(page, `robot/${id}`);
  await expect(page.locator('[data-reading=pressure]')).toHaveText(/hPa/);
  await expectNoOverflow(page);

  await goTo(page, 'Cluster');
  await expect(page.getByRole('rowheader')).toHaveCount(1);
  await expectNoOverflow(page);
});

test('On a phone one drives by touch, and stops by touch', async ({ node, programs, enter }) => {
  const id = unique('r');
  await programs.robot(node.url, id, { args: ['--set', 'robot.watchdog=3s'] });
  const page = await enter(node.http, unique('ann'), phone);
  await openRobot(page, `robot/${id}`);
  await joystick(page).scrollIntoViewIfNeeded();
  const box = (await joystick(page).boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const touch = await finger(page);
  await touch.down(x, y);
  await touch.move(x, y - box.height / 4);
  await touch.move(x, y - box.height / 2);

  await expect(motor(page, 'm1')).toHaveText('▲ 50');
  await expect(situation(page)).toContainText('You drive');
  // The page stays where it is: the finger drives, and doesn't scroll.
  expect((await joystick(page).boundingBox())!.y).toBe(box.y);
  await touch.up();
  await expect(motor(page, 'm1')).toHaveText('0');

  await expect(page.getByRole('button', { name: 'STOP' })).toBeInViewport();
  await page.getByRole('button', { name: 'STOP' }).tap();
  await expect(situation(page)).toContainText('Stopped.');
});

test('What fingers hit is large enough', async ({ node, programs, enter }) => {
  const id = unique('r');
  await programs.robot(node.url, id);
  const page = await enter(node.http, unique('ann'), phone);
  await joinRoom(page, unique('room'));
  const tooSmall = () =>
    page.evaluate(() =>
      [
        ...document.querySelectorAll<HTMLElement>(
          'button, nav a, [role=switch], input:not([type=checkbox], [type=range]), textarea',
        ),
      ]
        .filter((it) => it.checkVisibility({ visibilityProperty: true }))
        .map((it) => ({ it, box: it.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.height < 43.5 || box.width < 43.5))
        .map(({ it, box }) => `${it.outerHTML.slice(0, 80)} ${box.width}×${box.height}`),
    );
  expect(await tooSmall()).toEqual([]);
  await openRobot(page, `robot/${id}`);
  expect(await tooSmall()).toEqual([]);
  await goTo(page, 'Cluster');
  await expect(page.getByRole('rowheader')).toHaveCount(1);
  expect(await tooSmall()).toEqual([]);
});
