// People, and clients of every dialect, talk with each other.
import { ConciergeClient } from '@concierge/client';
import { composer, joinRoom, say, timeline } from '../fixtures/chat.js';
import { startCluster } from '../fixtures/cluster.js';
import { expect, me, test } from '../fixtures/console.js';
import { PlainClient } from '../fixtures/devices.js';
import { record } from '../fixtures/occurrences.js';
import { dialects, unique } from '../fixtures/programs.js';

test('Two people talk across two nodes', async ({ programs, enter }) => {
  const [first, second] = await startCluster(programs, 2);
  const ann = await enter(first!.http, 'ann');
  const bob = await enter(second!.http, 'bob');
  await joinRoom(ann, 'lobby');
  await joinRoom(bob, 'lobby');

  await say(ann, 'Is anybody here?');
  await expect(timeline(bob)).toContainText('Is anybody here?');
  await say(bob, 'I am, on another node.');
  await expect(timeline(ann)).toContainText('I am, on another node.');

  const here = ann.getByRole('complementary', { name: 'Who is here' });
  await expect(here.getByRole('listitem')).toHaveText([/ann/, /bob/]);
  await bob.context().close();
  await expect(here.getByRole('listitem')).toHaveText([/ann/]);
});

test('Two people talk in private', async ({ node, enter }) => {
  const [name, other] = [unique('ann'), unique('bob')];
  const ann = await enter(node.http, name);
  const bob = await enter(node.http, other);
  await ann.getByRole('button', { name: 'Message a person' }).click();
  await ann.getByRole('dialog').getByRole('textbox').fill(other);
  await ann.getByRole('dialog').getByRole('link', { name: other }).click();
  await say(ann, 'Between you and me');

  await bob.getByRole('link', { name: new RegExp(`${name}.*1 unread message`) }).click();
  await expect(timeline(bob)).toContainText('Between you and me');
  await say(bob, 'Not a word');
  await expect(timeline(ann)).toContainText('Not a word');
});

test('A person and a client of the chatroom talk in room 3', async ({ programs, enter }) => {
  const node = await programs.node({ args: dialects });
  const old = await PlainClient.connect(`ws://127.0.0.1:${await node.dialectPort('chatroom')}`);
  await expect.poll(() => old.received.length).toBe(4);
  const id = Number(old.received[1]);
  old.say('3');
  const ann = await enter(node.http, 'ann');
  await joinRoom(ann, '3');

  old.say({ message: 'hello from the chatroom', user_id: id, command_status: false });
  await expect(timeline(ann)).toContainText('hello from the chatroom');
  await say(ann, 'hello from the browser');
  await expect
    .poll(() => old.received.slice(4).map((frame) => JSON.parse(frame) as unknown))
    .toContainEqual({ message: 'hello from the browser', user_id: 'ann' });
  old.close();
});

test('A person and a robot of robot chat talk', async ({ programs, enter }) => {
  const node = await programs.node({ args: dialects });
  const robot = await PlainClient.connect(`ws://127.0.0.1:${await node.dialectPort('robot-chat')}`);
  await expect.poll(() => robot.received).toEqual([expect.stringContaining('"users"')]);
  const ann = await enter(node.http, 'ann');
  await joinRoom(ann, 'robot-chat');

  robot.say('beep');
  await expect(timeline(ann)).toContainText('beep');
  robot.say({ type: 'distance', cm: 42 });
  await expect(timeline(ann)).toContainText('"cm"');
  await say(ann, 'turn left');
  await expect.poll(() => robot.received.at(-1)).toContain('turn left');
  robot.close();
});

test('The chat service is subscribed to by opening it, and everybody hears what is said', async ({
  programs,
  enter,
}) => {
  const node = await programs.node();
  await programs.chatService(node.url);
  const ann = await enter(node.http, 'ann');
  const bob = await enter(node.http, 'bob');
  for (const page of [ann, bob]) await page.getByRole('link', { name: /chat_service/ }).click();
  await expect(timeline(ann)).toContainText('bob joined');

  await say(bob, 'good morning');

  await expect(timeline(ann)).toContainText('good morning');
});

test('What comes while one looks elsewhere is counted, in the list and in the title', async ({ node, enter }) => {
  const room = unique('room');
  const page = await enter(node.http, unique('ann'));
  const client = await ConciergeClient.connect({ url: node.url, name: unique('bob') });
  await client.joinRoom(room);
  await joinRoom(page, room);
  await joinRoom(page, unique('other'));
  await client.send({ type: 'ROOM', room }, 'psst');
  await client.send({ type: 'ROOM', room }, 'over here');

  const link = page.getByRole('link', { name: new RegExp(`${room}.*2 unread messages`) });
  await expect(link).toBeVisible();
  await expect(page).toHaveTitle(/^\(2\)/);
  await link.click();
  await expect(timeline(page)).toContainText('over here');
  await expect(page).not.toHaveTitle(/\(\d+\)/);
  await client.close();
});

test('A nickname is changed, and others see it', async ({ node, enter }) => {
  const name = unique('ann');
  const room = unique('room');
  const ann = await enter(node.http, name);
  const bob = await enter(node.http, unique('bob'));
  for (const page of [ann, bob]) await joinRoom(page, room);
  await me(ann).click();
  await ann.getByRole('textbox', { name: 'Nickname' }).fill('Queen Ann');
  await ann.getByRole('button', { name: 'Save nickname' }).click();

  await expect(bob.getByRole('complementary', { name: 'Who is here' })).toContainText('Queen Ann');
  await say(ann, 'We are amused');
  await expect(timeline(bob).getByRole('listitem').last()).toContainText(/Queen Ann/);
});

test('After the node was started again one is back, in the rooms that one was in, with what one typed', async ({
  programs,
  enter,
}) => {
  const node = await programs.node();
  const page = await enter(node.http, 'ann');
  await joinRoom(page, 'lobby');
  await say(page, 'before');
  await expect(timeline(page)).toContainText('before');
  // Answered: what isn't when the node stops has failed, and may be sent again.
  await expect(timeline(page).getByText('Sending…')).toBeHidden();
  await composer(page).fill('half a sent');
  await node.stop();
  await expect(page.getByRole('status').filter({ hasText: 'link to the concierge is lost' })).toBeVisible();
  await composer(page).pressSequentially('ence');

  await node.start();
  const bob = await ConciergeClient.connect({ url: node.url, name: 'bob' });
  const heard = record(bob, 'message');
  await bob.joinRoom('lobby');
  await expect(page.getByText('link to the concierge is lost')).toBeHidden({ timeout: 35_000 });
  await expect(timeline(page)).toContainText('before');
  await expect(composer(page)).toHaveValue('half a sentence');
  await expect(page.getByRole('button', { name: 'Send', exact: true })).toBeEnabled();
  await composer(page).press('Enter');

  await expect
    .poll(() => heard.map(({ data }) => JSON.stringify(data)))
    .toEqual([expect.stringContaining('half a sentence')]);
  await bob.close();
});

test('Ten thousand messages are all there, at their end, and one may go on', async ({ node, enter }) => {
  const room = unique('room');
  const page = await enter(node.http, unique('ann'));
  await joinRoom(page, room);
  const client = await ConciergeClient.connect({ url: node.url, name: unique('bob') });
  await client.joinRoom(room);
  for (let sent = 0; sent < 10_000; sent += 500) {
    await Promise.all(
      Array.from({ length: 500 }, (_, i) => client.send({ type: 'ROOM', room }, `message ${sent + i + 1}`)),
    );
  }

  await expect.poll(() => page.locator('.message').count(), { timeout: 30_000 }).toBe(10_000);
  await expect(timeline(page).getByText('message 10000', { exact: true })).toBeInViewport();
  await expect(timeline(page).getByText('message 1', { exact: true })).toHaveCount(1);
  const rest = () => timeline(page).evaluate((it) => it.scrollHeight - it.scrollTop - it.clientHeight);
  await expect.poll(rest).toBeLessThan(50);

  // One more than are kept: the oldest goes, and it is said so.
  await say(page, 'and mine');
  await expect(timeline(page).getByText('and mine')).toBeInViewport();
  await expect(timeline(page)).toContainText('no longer kept');
  await client.close();
});
