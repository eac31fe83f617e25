import { defineConfig } from '@playwright/test';
import tests from '../../tests/Web/playwright.config.js';

// The tests' browser; one measurement at a time, and what they print is the result.
export default defineConfig({
  use: tests.use ?? {},
  testDir: '.',
  testMatch: '*.bench.ts',
  outputDir: '../../artifacts/bench-console',
  workers: 1,
  timeout: 300_000,
  reporter: [['list']],
});
