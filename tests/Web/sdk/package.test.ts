import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';

const sdk = new URL('../../../clients/typescript/', import.meta.url);

test('The built package needs nothing but itself, and in pages not even ws', async () => {
  const { exports, imports } = JSON.parse(await readFile(new URL('package.json', sdk), 'utf8'));
  expect(imports).toEqual({ '#ws': { browser: './dist/connection/noWs.js', default: 'ws' } });
  const files = await readdir(new URL('dist/', sdk), { recursive: true });
  expect(files).toContain('connection/noWs.js');
  expect(files).toContain(exports['.'].default.replace('./dist/', ''));
  expect(files).toContain(exports['.'].types.replace('./dist/', ''));
  const foreign: string[] = [];
  for (const file of files.filter((name) => /\.(js|d\.ts)$/.test(name))) {
    const code = await readFile(new URL(`dist/${file}`, sdk), 'utf8');
    for (const [, module = ''] of code.matchAll(/\b(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)) {
      if (!module.startsWith('.')) foreign.push(`${file}: ${module}`);
    }
  }
  expect(foreign).toEqual(['connection/socket.js: #ws']);
});
