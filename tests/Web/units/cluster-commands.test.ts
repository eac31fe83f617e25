import { expect, test } from '@playwright/test';
import { type Command, lineOf } from '../../../Concierge.Console/src/cluster/commands.js';

const written: [string, Command, string[], string][] = [
  ['a broadcast', { kind: 'broadcast', text: 'We close in 5 minutes' }, [], '/broadcast/We close in 5 minutes'],
  ['a broadcast with slashes', { kind: 'broadcast', text: ' a/b/c ' }, ['a', 'a/b'], '/broadcast/a/b/c'],
  ['a message of several lines', { kind: 'broadcast', text: 'one\ntwo' }, [], '/broadcast/one\ntwo'],
  ['a message to a room', { kind: 'room', room: '3', text: 'hi' }, ['3'], '/rbroadcast/3/hi'],
  [
    'a message to a room with a slash',
    { kind: 'room', room: 'a/b', text: 'hi' },
    ['a/b', 'b', 'a/b/c'],
    '/rbroadcast/a/b/hi',
  ],
  ['a room with a slash at its end', { kind: 'room', room: 'a/', text: '/hi' }, ['a/'], '/rbroadcast/a///hi'],
  ['a message to a client', { kind: 'client', name: 'ann', text: 'hi' }, ['lobby'], '/individual/ann/hi'],
  [
    'one with a slash to a client',
    { kind: 'client', name: 'ann', text: 'either/or' },
    ['lobby'],
    '/individual/ann/either/or',
  ],
  [
    'one without to a client called as a room',
    { kind: 'client', name: 'ann', text: 'hi' },
    ['ann'],
    '/individual/ann/hi',
  ],
  ['a disconnection', { kind: 'disconnect', name: 'ann' }, ['ann'], '/dcUser/ann'],
  ['that of a room', { kind: 'disconnect-room', room: 'a/b' }, ['a', 'a/b'], '/dcRoom/a/b'],
  ['a drain', { kind: 'drain', id: '1f2e3d4c', node: 'hub' }, [], '/drain/1f2e3d4c'],
  ['a reset', { kind: 'reset' }, [], '/reset'],
];
for (const [what, command, rooms, line] of written) {
  test(`Written as the node reads it: ${what}`, () => {
    expect(lineOf(command, rooms)).toEqual({ line });
  });
}

const refused: [string, Command, string[], RegExp][] = [
  ['a message that is empty', { kind: 'broadcast', text: ' \n ' }, [], /Write a message/],
  ['one that is longer than a command may be', { kind: 'broadcast', text: 'ö'.repeat(32 * 1024) }, [], /too long/],
  ['a room that begins with the name of another', { kind: 'room', room: 'a/b', text: 'hi' }, ['a/b', 'a'], /room a,/],
  ['what would go to a member of a room', { kind: 'client', name: 'ann', text: 'bob/hi' }, ['ann'], /room ann/],
  ['the same where the room has a slash', { kind: 'client', name: 'ann', text: 'b/c/d' }, ['ann/b'], /room ann\/b/],
  ['to disconnect a name with a slash', { kind: 'disconnect', name: 'a/b' }, [], /"\/"/],
  ['to message a name with a slash', { kind: 'client', name: 'a/b', text: 'hi' }, [], /"\/"/],
  ['to drain a node with a slash', { kind: 'drain', id: 'a/b', node: 'hub' }, [], /"\/"/],
];
for (const [what, command, rooms, reason] of refused) {
  test(`Refused, as the node would take it for something else: ${what}`, () => {
    expect(lineOf(command, rooms)).toEqual({ refused: expect.stringMatching(reason) });
  });
}
