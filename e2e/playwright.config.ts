import { defineConfig } from '@playwright/test';
import { chromiumArgs, chromiumPath } from '@onfile/dev-env/browser/chromium-path.ts';

export default defineConfig({
  testDir: '.',
  testMatch: '{storefront,admin}/**/*.spec.ts',
  globalSetup: './fixtures/build-apps.ts',
  outputDir: './test-results',
  workers: 2,
  fullyParallel: true,
  // A story that needs a second try has a fault in it, or in the product.
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    launchOptions: { executablePath: await chromiumPath(), args: chromiumArgs },
    viewport: { width: 1200, height: 900 },
    trace: 'retain-on-failure',
  },
});
