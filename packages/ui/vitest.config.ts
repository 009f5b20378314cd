import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumArgs, chromiumPath } from '@onfile/dev-env/browser/chromium-path.ts';

export default defineConfig({
  plugins: [svelte()],
  test: {
    name: 'ui',
    include: ['src/**/*.test.ts'],
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: { executablePath: await chromiumPath(), args: chromiumArgs },
      }),
      instances: [{ browser: 'chromium' }],
    },
  },
});
