import { buildIfStale } from './build-if-stale.ts';
import type { Say, Target } from './build-if-stale.ts';

/** What every app bundles. */
const sharedSources = ['api', 'auth', 'db', 'messages', 'payments', 'ui'].map(
  (name) => `packages/${name}`,
);

const messages: Target = {
  name: 'messages',
  sources: ['packages/messages', 'pnpm-lock.yaml'],
  product: 'packages/messages/compiled/messages.js',
  command: ['node', 'compile.ts'],
  cwd: 'packages/messages',
};

function app(name: string): Target {
  return {
    name,
    sources: [`apps/${name}`, ...sharedSources, 'tsconfig.base.json', 'pnpm-lock.yaml'],
    product: `apps/${name}/build/index.js`,
    command: ['vite', 'build'],
    cwd: `apps/${name}`,
  };
}

/** Compiles the message catalogues if they changed since they were last compiled. */
export async function compileStaleMessages(say: Say): Promise<void> {
  await buildIfStale(messages, say);
}

/**
 * Builds what changed since it was last built: the messages first, then both apps side by side.
 * @throws BuildError
 */
export async function buildStaleApps(say: Say): Promise<void> {
  await compileStaleMessages(say);
  const built = await Promise.allSettled(
    ['storefront', 'admin'].map((name) => buildIfStale(app(name), say)),
  );
  const failed = built.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
