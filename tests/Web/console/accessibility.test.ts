// Keyboards and screen readers do, and both colour schemes can be read.
import type { Page } from '@playwright/test';
import { composer, joinRoom, say, timeline } from '../fixtures/chat.js';
import { expect, goTo, me, test } from '../fixtures/console.js';
import { unique } from '../fixtures/programs.js';
import { openRobot } from '../fixtures/robots.js';

/** What has no name for a screen reader, of what must have one. */
async function nameless(page: Page): Promise<string[]> {
  const snapshot = await page.locator('body').ariaSnapshot();
  const roles =
    'button|link|textbox|searchbox|checkbox|switch|slider|combobox|dialog|img|application|table|navigation|log';
  return snapshot
    .split('\n')
    .filter((line) => new RegExp(`^\\s*- (${roles})(?! ")`).test(line) && !/^\s*- table/.test(line));
}

/** Presses Tab until what is so called has the focus. */
async function tabTo(page: Page, role: 'button' | 'textbox' | 'link', name: RegExp): Promise<void> {
  const wanted = page.getByRole(role, { name });
  for (let i = 0; i < 60; i++) {
    if (await wanted.evaluateAll((all) => all.includes(document.activeElement as HTMLElement))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to the ${role} ${name}.`);
}

/** Texts that can hardly be read on what is behind them: less than 4.5 to 1. */
function faint(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
    const colour = (css: string) => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = css;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data] as [number, number, number, number];
    };
    const luminance = (rgb: readonly number[]) => {
      const [r = 0, g = 0, b = 0] = rgb.map((it) =>
        it / 255 <= 0.04045 ? it / 255 / 12.92 : ((it / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (element: Element | null): readonly number[] => {
      for (let it = element; it; it = it.parentElement) {
        const found = colour(getComputedStyle(it).backgroundColor);
        if (found[3] === 255) return found;
      }
      return [255, 255, 255, 255];
    };
    const texts = [...document.querySelectorAll('body *')].filter(
      (it) =>
        [...it.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()) &&
        it.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
        !it.closest(':disabled, [aria-hidden=true], .unseen, noscript'),
    );
    return texts.flatMap((it) => {
      const [a, b] = [luminance(colour(getComputedStyle(it).color)), luminance(behind(it))];
      const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      return contrast < 4.5 ? [`${contrast.toFixed(1)} ${it.outerHTML.slice(0, 100)}`] : [];
    });
  });
}

test('All that one can do has a name, and every page a heading', async ({ programs, visit, enter }) => {
  const node = await programs.node({ env: { CONCIERGE__ADMIN__SECRET: 'x' } });
  await programs.robot(node.url, 'r1');
  await programs.chatService(node.url);
  expect(await nameless(await visit(node.http))).toEqual([]);
  const page = await enter(node.http, 'ann');
  await joinRoom(page, 'lobby');
  await say(page, 'hello');
  await expect(timeline(page)).toContainText('hello');
  const looked = async () => {
    expect(await nameless(page)).toEqual([]);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    await expect(page.getByRole('main')).toHaveCount(1);
  };
  await looked();
  await me(page).click();
  expect(await nameless(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(me(page)).toBeFocused();
  await goTo(page, 'Robots');
  await expect(page.getByRole('link', { name: 'robot/r1' })).toBeVisible();
  await looked();
  await openRobot(page, 'robot/r1');
  await looked();
  await goTo(page, 'Cluster');
  await expect(page.getByRole('rowheader')).toHaveCount(1);
  await looked();
  await page.getByRole('button', { name: 'Message everybody…' }).click();
  expect(await nameless(page)).toEqual([]);
});

test('With a keyboard alone one signs in, joins a room, says something and stops a robot', async ({
  node,
  programs,
  visit,
}) => {
  const id = unique('r');
  await programs.robot(node.url, id);
  const page = await visit(node.http);
  await tabTo(page, 'textbox', /^Name$/);
  await page.keyboard.type(unique('ann'));
  await page.keyboard.press('Enter');
  await expect(me(page)).toBeVisible();
  await tabTo(page, 'button', /Join or create a room/);
  await page.keyboard.press('Enter');
  await page.keyboard.type(unique('room'));
  await page.keyboard.press('Enter');
  await expect(composer(page)).toBeFocused();
  await page.keyboard.type('typed');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('with a keyboard');
  await page.keyboard.press('Enter');
  await expect(timeline(page)).toContainText(/typed\s+with a keyboard/);

  await tabTo(page, 'link', /^Robots$/);
  await page.keyboard.press('Enter');
  await tabTo(page, 'link', new RegExp(id));
  await page.keyboard.press('Enter');
  await tabTo(page, 'button', /STOP/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Release the stop…' })).toBeVisible();
});

for (const colorScheme of ['dark', 'light'] as const) {
  test(`Everything can be read: ${colorScheme}`, async ({ programs, visit, enter }) => {
    const node = await programs.node({ env: { CONCIERGE__ADMIN__SECRET: 'x' } });
    await programs.robot(node.url, 'r1');
    expect(await faint(await visit(node.http, { colorScheme }))).toEqual([]);
    const page = await enter(node.http, 'ann', { colorScheme });
    await joinRoom(page, 'lobby');
    await say(page, 'hello');
    await expect(timeline(page)).toContainText('hello');
    const isDark = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    expect(Number(/\d+/.exec(isDark)?.[0]) < 128).toBe(colorScheme === 'dark');
    expect(await faint(page)).toEqual([]);
    await goTo(page, 'Robots');
    await expect(page.getByRole('listitem').filter({ hasText: 'robot/r1' })).toContainText('hPa');
    expect(await faint(page)).toEqual([]);
    await openRobot(page, 'robot/r1');
    expect(await faint(page)).toEqual([]);
    await page.keyboard.press('Space');
    await expect(page.getByRole('button', { name: 'Release the stop…' })).toBeVisible();
    expect(await faint(page)).toEqual([]);
    await goTo(page, 'Cluster');
    await expect(page.getByRole('rowheader')).toHaveCount(1);
    expect(await faint(page)).toEqual([]);
  });
}
