import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Stories wait for servers most of their time: on two cores one at a time leaves half of it unused.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'node',
          include: ['{apps,packages}/*/{src,tests}/**/*.test.ts', 'faults/tests/*.test.ts'],
          exclude: ['**/node_modules/**', 'packages/ui/**'],
          globalSetup: ['packages/dev-env/src/test-setup.ts'],
          // Stories start processes and servers of their own, on machines with few cores.
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      'packages/*/vitest.config.ts',
    ],
  },
});
