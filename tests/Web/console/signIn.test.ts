// Who one is, and what is said where that doesn't work.
import { expect, me, signIn, test } from '../fixtures/console.js';
import { ConciergeClient } from '@concierge/client';
import { unique } from '../fixtures/programs.js';

test('Somebody gives a name and is in; a reload knows who it was', async ({ node, enter }) => {
  const name = unique('ann');
  const page = await enter(node.http, name);
  await expect(me(page)).toContainText(name);

  await page.reload();

  await expect(me(page)).toContainText(name);
});

test('Who signs out is asked again, with the name filled in', async ({ node, enter }) => {
  const name = unique('ann');
  const page = await enter(node.http, name);
  await me(page).click();
  await page.getByRole('button', { name: 'Sign out' }).click();

  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue(name);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeEnabled();
});

test('A name that is taken is explained at the field, and another is offered', async ({ node, visit }) => {
  const name = unique('ann');
  const first = await ConciergeClient.connect({ url: node.url, name });
  const page = await visit(node.http);
  const field = page.getByRole('textbox', { name: 'Name', exact: true });
  await field.fill(name);
  await field.press('Enter');

  await expect(field).toHaveAccessibleDescription(/under this name/);
  await expect(field).toBeFocused();
  await page.getByRole('button', { name: /^Sign in as / }).click();
  await expect(me(page)).toBeVisible();
  await first.close();
});

for (const [what, name, reason] of [
  ['a space', 'ann marie', /no spaces/],
  ['HTML', '<img/src=x>', /<.*only letters, digits/],
  ['an emoji', 'ann😀', /only letters, digits/],
  ['65 letters', 'a'.repeat(65), /at most 64/],
] as const) {
  test(`A name that can't be one is explained at the field: ${what}`, async ({ node, visit }) => {
    const page = await visit(node.http);
    const field = page.getByRole('textbox', { name: 'Name', exact: true });
    await field.fill(name);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();

    await expect(field).toHaveAccessibleDescription(reason);
    await expect(me(page)).toBeHidden();
  });
}

test('A secret is asked for where the node wants one; a wrong one is explained, the right one lets in', async ({
  programs,
  visit,
}) => {
  const node = await programs.node({ env: { CONCIERGE__SECRET: 'open sesame' } });
  const page = await visit(node.http);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('ann');
  const secret = page.getByLabel('Secret', { exact: true });
  await secret.fill('open barley');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();

  await expect(secret).toHaveAccessibleDescription(/this isn.t it/);
  await expect(secret).toBeFocused();
  await secret.fill('open sesame');
  await secret.press('Enter');
  await expect(me(page)).toBeVisible();
});

test('The secret is kept only where one says so', async ({ programs, visit }) => {
  const node = await programs.node({ env: { CONCIERGE__SECRET: 'open sesame' } });
  const page = await visit(node.http);
  await expect(page.getByLabel('Secret', { exact: true })).toBeVisible();
  await signIn(page, 'ann', { secret: 'open sesame' });
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain('sesame');

  await me(page).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('checkbox', { name: /Remember on this device/ }).check();
  await signIn(page, 'ann', { secret: 'open sesame' });
  await page.reload();

  await expect(me(page)).toContainText('ann');
});

test("A concierge that can't be reached is said to be, and trying again works once it can", async ({
  programs,
  visit,
}) => {
  const node = await programs.node();
  const page = await visit(node.http);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('ann');
  await node.stop('SIGKILL');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('can’t be reached');

  await node.start();
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();

  await expect(me(page)).toBeVisible();
});
