import { expect, test } from '@playwright/test';
import { hrefOf, routeOf, type Route } from '../../../Concierge.Console/src/app/routes';
import { cut } from '../../../Concierge.Console/src/ui/Text';

const routes: Route[] = [
  { page: 'chat', conversation: null },
  { page: 'chat', conversation: { kind: 'room', name: 'a/b:c.d-e' } },
  { page: 'chat', conversation: { kind: 'service', name: '__proto__' } },
  { page: 'chat', conversation: { kind: 'client', name: 'жанна' } },
  { page: 'chat', conversation: { kind: 'everyone', name: '' } },
  { page: 'robots', service: null },
  { page: 'robots', service: 'robot/r2%d2' },
  { page: 'cluster' },
];

for (const route of routes) {
  test(`${hrefOf(route)} leads back to where it came from`, () => expect(routeOf(hrefOf(route))).toEqual(route));
}

test('What is no route leads to the chat', () => {
  for (const hash of ['', '#', '#/', '#/nowhere', '#/chat/room', '#/chat/room/%E0%A4%A', '#/chat/nobody/x'])
    expect(routeOf(hash)).toEqual({ page: 'chat', conversation: null });
});

test('A name with half a character in it has a link all the same', () => {
  expect(hrefOf({ page: 'robots', service: 'robot/\ud800x😀' })).toBe(
    `#/robots/${encodeURIComponent('robot/\ufffdx😀')}`,
  );
});

test('A text is never cut in the middle of a character', () => {
  expect(cut('abc', 3)).toBe('abc');
  expect(cut('abcd', 3)).toBe('ab…');
  expect(cut('a😀bc', 3)).toBe('a…');
});
