// How the cluster does, and what an operator may do.
import { ConciergeClient } from '@concierge/client';
import type { Locator, Page } from '@playwright/test';
import { startCluster } from '../fixtures/cluster.js';
import { expect, goTo, me, test } from '../fixtures/console.js';
import { record } from '../fixtures/occurrences.js';
import { unique } from '../fixtures/programs.js';

const secret = 'only for operators';
const withOperator = { env: { CONCIERGE__ADMIN__SECRET: secret } };

/** The rows of one of the page's tables, but for its headings. */
function rowsOf(page: Page, table: RegExp): Locator {
  return page.getByRole('region', { name: table }).getByRole('table').getByRole('rowgroup').nth(1).getByRole('row');
}

function nodes(page: Page): Locator {
  return rowsOf(page, /^Nodes/);
}

test('Both nodes are shown with their figures, and rates come as time goes on', async ({ programs, enter }) => {
  const [first, second] = await startCluster(programs, 2);
  const page = await enter(first!.http, 'ann');
  const other = await enter(second!.http, 'bob');
  await goTo(page, 'Cluster');

  await expect(nodes(page)).toHaveCount(2);
  for (const name of ['node_1', 'node_2']) {
    const row = nodes(page).filter({ has: page.getByRole('rowheader', { name }) });
    await expect(row.getByText('up', { exact: true })).toBeVisible();
    await expect(row.getByRole('cell').nth(1)).toHaveText(/\d+ (s|min)/);
    // Rates take two readings.
    await expect(row.getByRole('cell').nth(2)).toHaveText(/^\d/);
    await expect(row.getByRole('cell').nth(4)).toHaveText('1');
  }
  await expect(page.getByRole('img', { name: /^Received from clients, now: node_1 .* node_2 / })).toBeVisible();
  await expect(nodes(page).filter({ hasText: 'node_1' })).toContainText('this page’s');

  await goTo(other, 'Cluster');
  await expect(nodes(other).filter({ hasText: 'node_2' })).toContainText('this page’s');
});

test('A node that crashes is shown as such, and goes', async ({ programs, enter }) => {
  const [first, second] = await startCluster(programs, 2);
  const page = await enter(first!.http, 'ann');
  await goTo(page, 'Cluster');
  await expect(nodes(page)).toHaveCount(2);

  second!.program.kill('SIGSTOP');

  const row = nodes(page).filter({ hasText: 'node_2' });
  await expect(row).toContainText(/does not answer|unreachable/, { timeout: 20_000 });
});

test('Clients, services and rooms are listed, found, and unfolded', async ({ node, enter }) => {
  const [name, service, room] = [unique('zoe'), unique('news'), unique('kitchen')];
  const client = await ConciergeClient.connect({ url: node.url, name, nickname: 'Zoë', tags: ['press', 'tv'] });
  await client.createService(service);
  await client.subscribe(service);
  await client.joinRoom(room);
  const page = await enter(node.http, unique('ann'));
  await goTo(page, 'Cluster');

  await page.getByRole('searchbox', { name: 'Filter clients' }).fill(`press ${name}`);
  const row = rowsOf(page, /^Clients/);
  await expect(row).toHaveCount(1);
  await expect(row).toContainText('Zoë');
  await row.getByText('Show').click();
  await expect(row.getByRole('listitem')).toHaveText([service]);

  await page.getByRole('searchbox', { name: 'Filter services' }).fill(service);
  await expect(rowsOf(page, /^Services/)).toContainText(name);
  await rowsOf(page, /^Services/)
    .getByText('Show')
    .click();
  await expect(rowsOf(page, /^Services/).getByRole('listitem')).toHaveText([name]);

  await page.getByRole('searchbox', { name: 'Filter rooms' }).fill(room);
  await expect(
    rowsOf(page, /^Rooms/)
      .getByRole('cell')
      .nth(1),
  ).toHaveText('1');
  await rowsOf(page, /^Rooms/)
    .getByText('Show')
    .click();
  await expect(rowsOf(page, /^Rooms/).getByRole('listitem')).toHaveText([name]);
  await client.close();
  for (const table of [/^Clients/, /^Services/, /^Rooms/]) await expect(rowsOf(page, table)).toHaveCount(0);
});

test('Without an admin secret nothing can be done, and it is said what to set', async ({ node, enter }) => {
  const page = await enter(node.http, unique('ann'));
  await goTo(page, 'Cluster');

  await expect(page.getByRole('region', { name: 'Operator' })).toContainText('concierge.admin.secret');
  await expect(page.getByRole('button', { name: /Message|Disconnect|Drain/ })).toHaveCount(0);
});

test('A broadcast asks first, explains a wrong secret, and reaches the clients of both nodes', async ({
  programs,
  enter,
}) => {
  const [first, second] = await startCluster(programs, 2, withOperator);
  const client = await ConciergeClient.connect({ url: second!.url, name: 'bob' });
  const heard = record(client, 'message');
  const page = await enter(first!.http, 'ann');
  await goTo(page, 'Cluster');
  await page.getByRole('button', { name: 'Message everybody…' }).click();

  const dialog = page.getByRole('dialog', { name: 'Message everybody?' });
  await expect(dialog).toContainText('2 clients');
  const message = dialog.getByRole('textbox', { name: 'Message' });
  await expect(message).toBeFocused();
  await message.fill('We close at 8/9');
  await dialog.getByLabel('Admin secret').fill('wrong');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await expect(dialog.getByRole('alert')).toContainText('concierge.admin.secret');
  expect(heard).toEqual([]);

  await dialog.getByLabel('Admin secret').fill(secret);
  await dialog.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('dialog')).toContainText('Said to 2 clients');
  await page.getByRole('button', { name: 'OK' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect
    .poll(() => heard.map(({ data }) => data))
    .toEqual([expect.objectContaining({ text: 'We close at 8/9' })]);

  // The secret is right, and is asked for no more; it is kept in no store.
  await page.getByRole('button', { name: 'Message everybody…' }).click();
  await expect(page.getByLabel('Admin secret')).toHaveCount(0);
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain(secret);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await client.close();
});

test('Who guesses is told to wait', async ({ programs, enter }) => {
  const node = await programs.node(withOperator);
  const page = await enter(node.http, 'ann');
  await goTo(page, 'Cluster');
  await page.getByRole('button', { name: 'Disconnect everybody…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Disconnect everybody?' });
  await expect(dialog).toContainText('1 client of the whole cluster');
  await expect(async () => {
    await dialog.getByLabel('Admin secret').fill('guess');
    await dialog.getByRole('button', { name: 'Disconnect everybody' }).click();
    await expect(dialog.getByRole('alert')).toContainText('Too many wrong secrets', { timeout: 200 });
  }).toPass({ intervals: [0] });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(me(page)).toBeVisible();
});

test('A client is disconnected once the operator says so, and not before', async ({ programs, enter }) => {
  const node = await programs.node(withOperator);
  const client = await ConciergeClient.connect({ url: node.url, name: 'bob', reconnect: false });
  const closed = record(client, 'closed');
  const page = await enter(node.http, 'ann');
  await goTo(page, 'Cluster');
  await page.getByRole('button', { name: 'Disconnect bob' }).click();
  await page.getByRole('dialog', { name: 'Disconnect bob?' }).getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: 'Disconnect bob' })).toBeFocused();
  expect(closed).toEqual([]);

  await page.getByRole('button', { name: 'Disconnect bob' }).click();
  await page.getByLabel('Admin secret').fill(secret);
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect', exact: true }).click();

  await expect(page.getByRole('dialog')).toContainText('Closed bob');
  await expect.poll(() => closed.map(({ reason }) => reason?.code)).toEqual([1000]);
  await expect(page.getByRole('button', { name: 'Disconnect bob' })).toHaveCount(0);
});

test('A room is told something and then emptied; who is in it is counted', async ({ programs, enter }) => {
  const node = await programs.node(withOperator);
  const clients = await Promise.all(
    ['bob', 'cid'].map((name) => ConciergeClient.connect({ url: node.url, name, reconnect: false })),
  );
  for (const client of clients) await client.joinRoom('a/b');
  const heard = record(clients[0]!, 'message');
  const closed = clients.map((client) => record(client, 'closed'));
  const page = await enter(node.http, 'ann');
  await goTo(page, 'Cluster');
  await page.getByRole('button', { name: 'Message the room a/b' }).click();
  await expect(page.getByRole('dialog')).toContainText('2 clients in it');
  await page.getByRole('dialog').getByRole('textbox', { name: 'Message' }).fill('mind the step');
  await page.getByLabel('Admin secret').fill(secret);
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('dialog')).toContainText('Said to 2 clients in room a/b');
  await page.getByRole('button', { name: 'OK' }).click();
  await expect.poll(() => heard.map(({ data }) => data)).toEqual([expect.objectContaining({ text: 'mind the step' })]);

  await page.getByRole('button', { name: 'Disconnect everybody in a/b' }).click();
  await page.getByRole('button', { name: 'Disconnect all' }).click();

  await expect(page.getByRole('dialog')).toContainText('Closed 2 clients in room a/b');
  for (const ends of closed) await expect.poll(() => ends.length).toBe(1);
  await expect(me(page)).toBeVisible();
});

test('A room whose name another begins with is not mistaken for it', async ({ programs, enter }) => {
  const node = await programs.node(withOperator);
  const client = await ConciergeClient.connect({ url: node.url, name: 'bob' });
  for (const room of ['a', 'a/b']) await client.joinRoom(room);
  const heard = record(client, 'message');
  const page = await enter(node.http, 'ann');
  await goTo(page, 'Cluster');
  await page.getByRole('button', { name: 'Message the room a/b' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Message' }).fill('hello');
  await page.getByLabel('Admin secret').fill(secret);
  await page.getByRole('button', { name: 'Send' }).click();

  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('would go to the room a,');
  expect(heard).toEqual([]);
  await client.close();
});

test('A drained node stops, after it was said what that means', async ({ programs, enter }) => {
  const [first, second] = await startCluster(programs, 2, withOperator);
  const page = await enter(first!.http, 'ann');
  await goTo(page, 'Cluster');
  await page.getByRole('button', { name: /^Drain node_2/ }).click();
  const dialog = page.getByRole('dialog', { name: /^Drain node_2/ });
  await expect(dialog).toContainText('disconnects 0 clients, and stops');
  await dialog.getByLabel('Admin secret').fill(secret);
  await dialog.getByRole('button', { name: 'Drain and stop' }).click();

  await expect(page.getByRole('dialog')).toContainText('drains');
  expect(await second!.program.exited).toBe(0);
});

test('Ten thousand clients are searched, and do not freeze the page', async ({ programs, enter }) => {
  // Their list is what weighs on a page, so the page is given one.
  const node = await programs.node();
  const page = await enter(node.http, 'ann', {}, async (context) => {
    await context.routeWebSocket(/\/ws$/, (page) => {
      const server = page.connectToServer();
      server.onMessage((frame) => {
        const answer = JSON.parse(String(frame)) as { type: string; clients: unknown[] };
        if (answer.type === 'CLIENT_FETCH_ALL_RESULT') {
          for (let i = 0; i < 10_000; i++) {
            const uuid = `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;
            answer.clients.push({ name: `client_${i}`, nickname: null, uuid, tags: ['many'] });
          }
          page.send(JSON.stringify(answer));
        } else page.send(frame);
      });
    });
  });
  await goTo(page, 'Cluster');
  await expect(page.getByRole('heading', { name: 'Clients' })).toContainText('10,001');
  await expect(rowsOf(page, /^Clients/)).toHaveCount(200);

  await page.getByRole('button', { name: 'Show 200 more' }).click();
  await expect(rowsOf(page, /^Clients/)).toHaveCount(400);
  await page.getByRole('searchbox', { name: 'Filter clients' }).fill('client_999');
  await expect(rowsOf(page, /^Clients/)).toHaveCount(11);
  await goTo(page, 'Chat');
  await expect(page.getByRole('heading', { name: 'Cluster' })).toBeHidden();
});
