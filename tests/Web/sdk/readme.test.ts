import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { expect, test } from '../fixtures/clients.js';
import { next } from '../fixtures/occurrences.js';

const sdk = new URL('../../../clients/typescript/', import.meta.url);

test('The chat service of the README is twenty lines that work', async ({ programs, connect }) => {
  const readme = await readFile(new URL('README.md', sdk), 'utf8');
  const [, code = ''] = /## A chat service in twenty lines\s+```ts\n(.*?)```/s.exec(readme) ?? [];
  expect(code.split('\n').filter((line) => line.trim()).length).toBeLessThanOrEqual(20);

  // Beside the SDK's own folder, where its name leads to it.
  const folder = new URL('../../artifacts/web-tests/readme/', sdk);
  await mkdir(folder, { recursive: true });
  const file = new URL(`chat-${process.pid}.mjs`, folder);
  await writeFile(file, code);
  const node = await programs.node();
  const chat = programs.run('node', [file.pathname, node.url]);
  await chat.line(/^ready tiny\/chat/);

  const ann = await connect({ url: node.url, nickname: 'Ann' });
  const welcome = next(ann, 'message');
  await ann.subscribe('tiny/chat');
  expect((await welcome).data).toEqual({ type: 'TEXT', author: 'chat', text: 'Welcome, Ann!' });
  for (const [said, heard] of [
    [{ text: 'hello' }, { type: 'TEXT', author: 'Ann', text: 'hello' }],
    [null, { type: 'ERROR', text: 'Send { "text": … }.' }],
  ]) {
    const answer = next(ann, 'message');
    await ann.send({ type: 'SERVICE', service: 'tiny/chat' }, said);
    expect((await answer).data).toEqual(heard);
  }

  // It lives on with its concierge, and ends when it is told to.
  const [back, again] = [next(ann, 'reconnected'), next(ann, 'message')];
  await node.restart();
  await back;
  expect((await again).data).toMatchObject({ text: 'Welcome, Ann!' });
  expect(await chat.stop()).toBe(0);
  await rm(file);
});
