import { FileTransferError } from '@concierge/client';
import { expect, test } from '../fixtures/clients.js';

/** Bytes that are not the same twice within them. */
function bytes(length: number): Uint8Array {
  const words = new Uint32Array(length / 4);
  for (let n = 0, x = 1; n < words.length; n++) words[n] = x = Math.imul(x, 1664525) + 1013904223;
  return new Uint8Array(words.buffer);
}

test('A file of several megabytes comes back as it went, with progress both ways', async ({ connect }) => {
  const [ann, bob] = [await connect(), await connect()];
  const content = bytes(4 * 1024 * 1024);
  const [up, down]: [number[], number[]] = [[], []];
  await ann.files.upload('maps/first floor & more.bin', content, {
    onProgress: (moved, total) => {
      up.push(moved);
      expect(total).toBe(content.length);
    },
  });
  const blob = await bob.files.download(ann.uuid, 'maps/first floor & more.bin', {
    onProgress: (moved, total) => {
      down.push(moved);
      expect(total).toBe(content.length);
    },
  });
  expect(Buffer.compare(new Uint8Array(await blob.arrayBuffer()), content)).toBe(0);
  for (const progress of [up, down]) {
    expect(progress.length).toBeGreaterThan(1);
    expect(progress).toEqual([...progress].sort((one, other) => one - other));
    expect(progress.at(-1)).toBe(content.length);
  }
});

test('A blob, an empty file, and names that need care', async ({ connect }) => {
  const ann = await connect();
  for (const name of ['ü "quoted" 100%.txt', '__proto__', '#?&;=+', '🌻']) {
    await ann.files.upload(name, new Blob([name]));
    expect(await (await ann.files.download(ann.uuid, name)).text()).toBe(name);
  }
  await ann.files.upload('empty', new Uint8Array());
  expect((await ann.files.download(ann.uuid, 'empty')).size).toBe(0);
});

test('A file is replaced, deleted, and gone', async ({ connect }) => {
  const ann = await connect();
  await ann.files.upload('note', new Blob(['one']));
  await ann.files.upload('note', new Blob(['two']));
  expect(await (await ann.files.download(ann.uuid, 'note')).text()).toBe('two');
  await ann.files.delete('note');
  for (const again of [() => ann.files.download(ann.uuid, 'note'), () => ann.files.delete('note')]) {
    const error = await again().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FileTransferError);
    expect(error).toMatchObject({ status: 404 });
  }
});

test('A key that is the client’s secret lets it in where uuids don’t do', async ({ programs, connect }) => {
  const { url } = await programs.node({
    args: ['--set', 'concierge.files.strict=on', '--set', 'concierge.files.max-size=1000'],
  });
  const ann = await connect({ url });
  await ann.files.upload('note', new Blob(['one']));
  for (const length of [2000, 4 * 1024 * 1024]) {
    await expect(ann.files.upload('big', bytes(length))).rejects.toMatchObject({ status: 413 });
  }
});

test('A name that would be another file’s is refused here', async ({ connect }) => {
  const ann = await connect();
  for (const name of ['', '/', 'a//b', '../secret', 'a/./b', 'a/']) {
    await expect(ann.files.upload(name, new Blob(['x']))).rejects.toBeInstanceOf(TypeError);
    await expect(ann.files.download(ann.uuid, name)).rejects.toBeInstanceOf(TypeError);
    await expect(ann.files.delete(name)).rejects.toBeInstanceOf(TypeError);
  }
});

test('A transfer can be given up, and a closed client moves nothing', async ({ connect }) => {
  const ann = await connect();
  const content = bytes(4 * 1024 * 1024);
  const giveUp = new AbortController();
  const upload = ann.files.upload('big', content, {
    signal: giveUp.signal,
    onProgress: () => giveUp.abort(new Error('enough')),
  });
  await expect(upload).rejects.toThrow('enough');
  await ann.files.upload('big', content);
  const again = new AbortController();
  const download = ann.files.download(ann.uuid, 'big', {
    signal: again.signal,
    onProgress: () => again.abort(new Error('enough')),
  });
  await expect(download).rejects.toThrow('enough');
  await ann.close();
  await expect(ann.files.download(ann.uuid, 'big')).rejects.toBeInstanceOf(FileTransferError);
});
