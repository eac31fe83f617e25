import { defineConfig } from '@playwright/test';

const results = '../../artifacts/web-tests';

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.test.ts',
  outputDir: `${results}/failures`,
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  // No test depends on these: what is waited for comes soon, or not at all. A busy machine may take its time.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  workers: 2,
  reporter: [['line'], ['junit', { outputFile: `${results}/web.xml` }]],
  use: {
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'units', testDir: 'units' },
    { name: 'sdk', testDir: 'sdk' },
    { name: 'console', testDir: 'console' },
  ],
});
