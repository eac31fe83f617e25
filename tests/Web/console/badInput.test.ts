// What others send never runs, breaks the layout or freezes the page. That no page reports an error, opens a dialog or violates
// its content-security policy is looked at in every test.
import { ConciergeClient } from '@concierge/client';
import type { Page } from '@playwright/test';
import { composer, joinRoom, say, timeline } from '../fixtures/chat.js';
import { expect, expectNoOverflow, goTo, me, test } from '../fixtures/console.js';
import { OldRobot } from '../fixtures/devices.js';
import { deep, hostile } from '../fixtures/hostile.js';
import { dialects, unique } from '../fixtures/programs.js';
import { joystick, openRobot } from '../fixtures/robots.js';

async function expectUnharmed(page: Page): Promise<void> {
  expect(await page.evaluate(() => window.hacked)).toBeUndefined();
  await expectNoOverflow(page);
  await expect(me(page)).toBeVisible();
}

test('Messages with anything in them are text', async ({ node, enter }) => {
  const room = unique('room');
  const page = await enter(node.http, unique('ann'));
  await joinRoom(page, room);
  const client = await ConciergeClient.connect({ url: node.url, name: unique('eve') });
  await client.joinRoom(room);
  for (const [, text] of hostile) {
    await client.send({ type: 'ROOM', room }, text);
    await client.send(
      { type: 'ROOM', room },
      { type: 'TEXT', author: text.slice(0, 1000), author_uuid: text.slice(0, 36), text },
    );
    await client.send({ type: 'ROOM', room }, { type: text, [text]: [text] });
  }
  await client.send({ type: 'ROOM', room }, 'the end');

  await expect(timeline(page).getByText('the end')).toBeVisible();
  await expect(timeline(page)).toContainText('<script>hacked = 1</script>');
  // What was folded is looked at, too.
  for (const folded of await timeline(page).locator('summary').all()) await folded.click();
  const more = timeline(page).getByRole('button', { name: /^Show all/ });
  for (let left = await more.count(); left > 0; left--) await more.first().click();
  await expectUnharmed(page);
  await say(page, 'still here');
  await expect(timeline(page).getByText('still here')).toBeInViewport();
  await client.close();
});

for (const [what, data] of [
  ['null', null],
  ['a number', -1e308],
  ['an empty object', {}],
  ['an array', [1, [2, { three: 4 }]]],
  ['something deep', deep(58)],
  ['a text that is none', { type: 'TEXT', text: { toString: 1 }, author: ['x'] }],
  [
    'keys of prototypes',
    JSON.parse('{"__proto__":{"text":"polluted"},"constructor":{"prototype":1},"type":"__proto__"}') as unknown,
  ],
  ['a hundred thousand numbers', Array.from({ length: 100_000 }, (_, i) => i)],
] as const) {
  test(`Data of any shape is shown: ${what}`, async ({ node, enter }) => {
    const room = unique('room');
    const page = await enter(node.http, unique('ann'));
    await joinRoom(page, room);
    const client = await ConciergeClient.connect({ url: node.url, name: unique('eve') });
    await client.joinRoom(room);
    await client.send({ type: 'ROOM', room }, data);
    await client.send({ type: 'ROOM', room }, 'the end');

    await expect(timeline(page).getByText('the end')).toBeVisible();
    await expect(timeline(page).locator('.message')).toHaveCount(2);
    for (const folded of await timeline(page).locator('summary').all()) await folded.click();
    await expectUnharmed(page);
    expect(await page.evaluate(() => ({}) as { text?: unknown }).then((it) => it.text)).toBeUndefined();
    await client.close();
  });
}

test('Nicknames and tags with anything in them are text, on every page', async ({ node, enter }) => {
  const room = unique('room');
  const page = await enter(node.http, unique('ann'));
  await joinRoom(page, room);
  const clients = await Promise.all(
    hostile.map(([, text]) => {
      const cut = [...text.replace(/[\ud800-\udfff\0]/gu, '')].slice(0, 60).join('');
      return ConciergeClient.connect({ url: node.url, name: unique('eve'), nickname: cut, tags: [cut, 'constructor'] });
    }),
  );
  for (const client of clients) {
    await client.joinRoom(room);
    await client.createService(unique('service'), client.nickname);
    await client.createService(`robot/${unique('r')}`, client.nickname);
    await client.send({ type: 'ROOM', room }, 'me');
  }

  await expect(timeline(page).getByText('me', { exact: true })).toHaveCount(clients.length);
  await expect(page.getByRole('complementary', { name: 'Who is here' }).getByRole('listitem')).toHaveCount(
    clients.length + 1,
  );
  await expectUnharmed(page);
  await goTo(page, 'Robots');
  for (const client of clients.slice(0, 2)) await expect(page.getByText(String(client.nickname)).first()).toBeVisible();
  await expectUnharmed(page);
  await goTo(page, 'Cluster');
  await expect(page.getByRole('region', { name: /^Clients/ }).getByText(String(clients[0]!.nickname))).toBeVisible();
  await expectUnharmed(page);
  for (const client of clients) await client.close();
});

test('Services, rooms, robots and people may be called as JavaScript calls its own things', async ({
  programs,
  enter,
}) => {
  const node = await programs.node();
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length'];
  const clients = await Promise.all(names.map((name) => ConciergeClient.connect({ url: node.url, name })));
  for (const client of clients) {
    await client.createService(client.name);
    await client.createService(`robot/${client.name}`);
    await client.subscribe(client.name);
    await client.joinRoom(client.name);
  }
  const page = await enter(node.http, 'ann');
  await expect(page.getByRole('link', { name: /__proto__/ })).toHaveCount(2);
  await joinRoom(page, '__proto__');
  await clients[0]!.send({ type: 'ROOM', room: '__proto__' }, 'from the prototype');
  await expect(timeline(page)).toContainText('from the prototype');
  await page.getByRole('link', { name: '__proto__' }).last().click();
  await say(page, 'to a service');

  await goTo(page, 'Robots');
  for (const name of names) await expect(page.getByRole('link', { name: `robot/${name}` })).toBeVisible();
  await page.getByRole('link', { name: 'robot/__proto__' }).click();
  await expect(page.getByRole('heading', { name: '__proto__' })).toBeVisible();
  await goTo(page, 'Cluster');
  for (const table of [/^Clients/, /^Services/, /^Rooms/]) {
    await expect(
      page.getByRole('region', { name: table }).getByText('__proto__', { exact: true }).first(),
    ).toBeVisible();
  }
  await expectUnharmed(page);
  for (const client of clients) await client.close();
});

for (const hash of [
  '#/robots/robot%2F%3Cscript%3Ehacked%3D1%3C%2Fscript%3E',
  '#/chat/room/%00%E2%80%AE',
  '#/chat/client/__proto__',
  '#/chat/service/%E0%A4%A',
  '#/%2e%2e/..//<img src=x onerror=hacked=1>',
  `#/robots/${'x'.repeat(10_000)}`,
]) {
  test(`An address that somebody made up does no harm: ${hash.slice(0, 40)}`, async ({ node, enter }) => {
    const page = await enter(node.http, unique('ann'));
    await page.goto(node.http + '/' + hash);
    await expect(me(page)).toBeVisible();
    await page.evaluate((hash) => (location.hash = hash), hash);

    await expectUnharmed(page);
    await goTo(page, 'Chat');
    await expect(page.getByRole('button', { name: 'Join or create a room' })).toBeVisible();
  });
}

const nonsense: unknown[] = [
  null,
  'motor_state',
  { type: 'orientation_data' },
  { type: 'orientation_data', data: { pitch: 'up', roll: null } },
  { type: 'orientation_data', data: { pitch: 1e308, roll: -1e308 } },
  { type: 'climate_data', data: { temperature: {}, pressure: [] } },
  { type: 'climate_data', data: { temperature: -1e300, pressure: 1e300 } },
  { type: 'motor_state', data: { m1: { dir: 'UP', spd: 1000 }, m2: 7 } },
  { type: 'motor_state', data: JSON.parse('{"__proto__":{"dir":"CW","spd":50},"constructor":{"dir":"CCW","spd":1}}') },
  {
    type: 'motor_state',
    data: Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`m${i}`, { dir: 'CW', spd: i % 100 }])),
  },
  {
    type: 'status',
    data: {
      uptime: 'long',
      driver: 7,
      faults: [null, {}, { part: '<img src=x onerror=hacked=1>', error: 'E'.repeat(5000), count: 1, working: false }],
    },
  },
  {
    type: 'status',
    data: {
      uptime: 1e300,
      link: { connected: true, losses: 1e300 },
      driver: { uuid: 'x', name: '<b>', nickname: '\u202eevil' },
      stopped: false,
      faults: [],
    },
  },
  { type: 'command_result', data: { id: 'c1', ok: 'maybe' } },
  { type: 'ros', topic: '<script>hacked=1</script>', msg: deep(50) },
  { type: 'ros', topic: '__proto__', msg: 'x'.repeat(50_000) },
  { type: 'msg', data: { data: '<img src=x onerror="hacked=1">'.repeat(100) } },
  { type: 'constructor', data: deep(50) },
];

test('A robot that sends nonsense harms nobody who looks at it', async ({ node, enter }) => {
  const id = unique('r');
  const robot = await ConciergeClient.connect({ url: node.url, name: unique('eve') });
  const service = await robot.serve(`robot/${id}`, { nickname: '<b>Robot</b> \u202e', onMessage: () => {} });
  const page = await enter(node.http, unique('ann'));
  await goTo(page, 'Robots');
  await expect(page.getByRole('link', { name: id })).toBeVisible();
  for (const said of nonsense) await service.broadcast(said);
  await expectUnharmed(page);
  await page.getByRole('link', { name: id }).click();
  await expect(joystick(page)).toBeVisible();
  for (const said of nonsense) await service.broadcast(said);
  await service.broadcast({ type: 'climate_data', data: { temperature: 20.5, pressure: 100_000 } });

  await expect(page.locator('[data-reading=pressure]')).toHaveText('1000.0 hPa');
  await expectUnharmed(page);
  await page.getByRole('button', { name: 'STOP' }).click();
  await robot.close();
});

test('A robot that says a thousand things a second leaves the page one that can be used', async ({ node, enter }) => {
  const id = unique('r');
  const robot = await ConciergeClient.connect({ url: node.url, name: unique('eve') });
  const received: unknown[] = [];
  const service = await robot.serve(`robot/${id}`, { onMessage: (_, data) => void received.push(data) });
  const page = await enter(node.http, unique('ann'));
  await goTo(page, 'Robots');
  await page.getByRole('link', { name: id }).click();
  let said = 0;
  const sent: Promise<void>[] = [];
  const flood = setInterval(() => {
    for (let i = 0; i < 50; i++) {
      const x = said++;
      const data =
        x % 3 === 0
          ? { type: 'orientation_data', data: { pitch: (x % 60) - 30, roll: (x % 40) - 20 } }
          : x % 3 === 1
            ? { type: 'ros', topic: `/topic${x % 10}`, msg: { x, text: 'x'.repeat(100) } }
            : { type: 'msg', data: { data: `message ${x}` } };
      sent.push(service.broadcast(data));
    }
  }, 50);
  await expect(page.getByText(/^message \d+$/).first()).toBeVisible();
  await expect.poll(() => said).toBeGreaterThan(2_000);

  // While it goes on: typed, sent and clicked.
  await page.getByRole('textbox', { name: 'Message to the robot' }).fill('enough!');
  await expect(page.getByRole('textbox', { name: 'Message to the robot' })).toHaveValue('enough!');
  await page.getByRole('button', { name: 'STOP' }).click();
  await expect.poll(() => received).toContainEqual(expect.objectContaining({ type: 'com_stop' }));
  await goTo(page, 'Chat');
  await joinRoom(page, unique('room'));
  await expect(composer(page)).toBeFocused();
  await goTo(page, 'Robots');
  await expect(page.getByRole('listitem').filter({ hasText: id })).toContainText('/s');
  clearInterval(flood);
  await expectUnharmed(page);
  await Promise.all(sent);
  await robot.close();
});

test('An old robot that sends nonsense over TCP harms nobody', async ({ programs, enter }) => {
  const node = await programs.node({ args: dialects });
  const robot = await OldRobot.connect(await node.dialectPort('iot-robots'), '1', '<img src=x onerror="hacked=1">');
  const page = await enter(node.http, 'ann');
  await openRobot(page, 'robot/1');
  for (const said of nonsense) {
    if (typeof said === 'object' && said !== null && 'type' in said && 'data' in said)
      robot.say(String(said.type), said.data);
  }
  robot.say('climate_data', { temperature: 205, pressure: 100_000 });

  await expect(page.locator('[data-reading=pressure]')).toHaveText('1000.0 hPa');
  await expectUnharmed(page);
  robot.close();
});

test('What would run is noticed by these tests', async ({ node, enter, faults }) => {
  const page = await enter(node.http, unique('ann'));
  const attempt = page.evaluate(() => document.body.setAttribute('onclick', 'hacked = 1'));
  await expect(attempt).rejects.toThrow('TrustedScript');

  await expect.poll(() => faults).toContainEqual(expect.stringContaining('Against the content-security policy'));
  await page.locator('main').click();
  await expectUnharmed(page);
  faults.length = 0;
});
