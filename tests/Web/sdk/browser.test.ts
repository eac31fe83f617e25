import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type * as Sdk from '@concierge/client';
import { expect, test, unique } from '../fixtures/clients.js';

const dist = new URL('../../../clients/typescript/dist/', import.meta.url);

test('In a browser, as it was built: talking, and files with progress', async ({ page, node, connect }) => {
  // A page of another origin than the node's, as pages that upload may be.
  const pages = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (!pathname.startsWith('/dist/')) response.setHeader('content-type', 'text/html').end('<!doctype html>');
    else
      void readFile(new URL(pathname.slice('/dist/'.length), dist)).then((code) =>
        response.setHeader('content-type', 'text/javascript').end(code),
      );
  });
  pages.listen(0, '127.0.0.1');
  await once(pages, 'listening');
  await page.goto(`http://127.0.0.1:${(pages.address() as AddressInfo).port}/`);
  const bob = await connect();
  bob.on('message', ({ origin, data }) => bob.send({ type: 'UUID', uuid: origin.uuid }, { echo: data }));

  const seen = await page.evaluate(
    async ({ url, name, bob, module }) => {
      const { ConciergeClient, FileTransferError } = (await import(module)) as typeof Sdk;
      const client = await ConciergeClient.connect({ url, name });
      const echo = new Promise((resolve) => client.on('message', ({ data }) => resolve(data)));
      await client.send({ type: 'UUID', uuid: bob }, '🌻');

      const content = new Uint8Array(3_000_000).map((_, n) => n * 7);
      const up: number[] = [];
      const down: number[] = [];
      await client.files.upload('a "b"/ü.bin', content, { onProgress: (moved) => up.push(moved) });
      const blob = await client.files.download(client.uuid, 'a "b"/ü.bin', { onProgress: (moved) => down.push(moved) });
      const back = new Uint8Array(await blob.arrayBuffer());

      const abort = new AbortController();
      const options = { signal: abort.signal, onProgress: () => abort.abort(new Error('enough')) };
      const aborted = await client.files.upload('never', content, options).catch((error: Error) => error.message);
      await client.files.delete('a "b"/ü.bin');
      const missing = await client.files
        .download(client.uuid, 'a "b"/ü.bin')
        .catch((error: unknown) => error instanceof FileTransferError && error.status);
      const seen = {
        echo: await echo,
        size: back.length,
        isSame: back.every((byte, n) => byte === content[n]),
        up: up.at(-1),
        down: down.at(-1),
        aborted,
        missing,
      };
      await client.close();
      return { ...seen, state: client.state };
    },
    { url: node.url, name: unique('page'), bob: bob.uuid, module: '/dist/index.js' },
  );
  expect(seen).toEqual({
    echo: { echo: '🌻' },
    size: 3_000_000,
    isSame: true,
    up: 3_000_000,
    down: 3_000_000,
    aborted: 'enough',
    missing: 404,
    state: 'closed',
  });
  pages.close();
});
