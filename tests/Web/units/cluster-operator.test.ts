import { expect, test } from '@playwright/test';
import { questionOf } from '../../../Concierge.Console/src/cluster/asking.js';
import { Operator } from '../../../Concierge.Console/src/cluster/operator.js';

function operatorOf(answer: () => Response | Promise<Response>) {
  const requests: { url: string; authorization: string | null; body: unknown }[] = [];
  const operator = new Operator((url, init) => {
    requests.push({
      url: String(url),
      authorization: new Headers(init?.headers).get('Authorization'),
      body: init?.body,
    });
    return Promise.resolve().then(answer);
  });
  return { operator, requests };
}

test('A command goes to the node with the secret', async () => {
  const { operator, requests } = operatorOf(() => new Response('Said to 2 clients\n'));
  operator.unlock('s3cret');

  expect(await operator.run('/broadcast/hi')).toEqual({ kind: 'done', text: 'Said to 2 clients' });
  expect(requests).toEqual([{ url: '/admin', authorization: 'Bearer s3cret', body: '/broadcast/hi' }]);
});

test('Without a secret nothing is sent', async () => {
  const { operator, requests } = operatorOf(() => new Response(''));

  expect(await operator.run('/reset')).toMatchObject({ kind: 'locked' });
  expect(requests).toEqual([]);
});

test('A wrong secret is forgotten', async () => {
  const { operator } = operatorOf(() => new Response('The secret is missing or wrong', { status: 401 }));
  operator.unlock('wrong');

  expect(await operator.run('/reset')).toMatchObject({
    kind: 'locked',
    text: expect.stringContaining('concierge.admin.secret'),
  });
  expect(operator.unlocked.value).toBe(false);
});

test('Of a secret that the node has not looked at nothing is known', async () => {
  const { operator } = operatorOf(() => new Response('', { status: 429 }));
  operator.unlock('right');

  expect(await operator.run('/reset')).toEqual({ kind: 'refused', text: expect.stringMatching(/Wait/) });
  expect(operator.unlocked.value).toBe(false);
});

test('A secret that no header can have is as wrong as another', async () => {
  const { operator, requests } = operatorOf(() => new Response(''));
  operator.unlock('pass\nword 😀');

  expect(await operator.run('/reset')).toMatchObject({ kind: 'locked' });
  expect(requests).toEqual([]);
});

for (const [status, text, expected] of [
  [400, 'There is no user bob; /users lists them', /no user bob/],
  [403, 'Not from there.', /Not from there/],
  [413, '', /413/],
  [502, 'x'.repeat(100_000), /^.{1,2100}$/],
] as const) {
  test(`The node's refusal is passed on: ${status}`, async () => {
    const { operator } = operatorOf(() => new Response(text, { status }));
    operator.unlock('s3cret');

    expect(await operator.run('/dcUser/bob')).toEqual({ kind: 'refused', text: expect.stringMatching(expected) });
    expect(operator.unlocked.value).toBe(true);
  });
}

test('A node that is gone leaves open whether it did it', async () => {
  const { operator } = operatorOf(() => Promise.reject(new TypeError('Failed to fetch')));
  operator.unlock('s3cret');

  expect(await operator.run('/reset')).toEqual({ kind: 'refused', text: expect.stringContaining('not known') });
});

test('The question says to how many, and whether this page is among them', () => {
  expect(questionOf({ kind: 'broadcast', text: 'hi' }, { clients: 1, self: false }).text).toMatch(/^1 client,/);
  expect(questionOf({ kind: 'disconnect-room', room: '3' }, { clients: 12_000, self: true })).toMatchObject({
    title: 'Disconnect everybody in 3?',
    text: expect.stringMatching(/^12,000 clients .* This page is one of them/),
    isDangerous: true,
  });
  expect(questionOf({ kind: 'drain', id: '1f2e3d4c', node: 'hub' }, { clients: null, self: true }).text).toMatch(
    /unknown number.*This page comes from that node/,
  );
});
