import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../repository-root.ts';
import { runTool } from '../run-tool.ts';
import { sourceHash } from './source-hash.ts';
import { readStamp, writeStamp } from './stamp.ts';

type Say = (line: string) => void;

interface Target {
  name: string;
  /** What it is made from. */
  sources: string[];
  /** What must be there after, or it is stale whatever the stamp says. */
  product: string;
  command: [program: string, ...args: string[]];
  cwd: string;
}

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

/** A build failed; its message holds what the tool printed. */
export class BuildError extends Error {
  override name = 'BuildError';
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

async function buildIfStale(target: Target, say: Say): Promise<void> {
  const hash = await sourceHash(target.sources);
  const isThere = existsSync(join(repositoryRoot, target.product));
  if (isThere && (await readStamp(target.name)) === hash) return;
  const startedAt = Date.now();
  say(`Building ${target.name} …`);
  const [program, ...args] = target.command;
  const result = await runTool(program, args, { cwd: join(repositoryRoot, target.cwd) });
  if (!result.ok) throw new BuildError(`Building ${target.name} failed.\n${result.output}`);
  await writeStamp(target.name, hash);
  say(`Built ${target.name} in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
}
