import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../repository-root.ts';
import { runTool } from '../run-tool.ts';
import { lockBuild } from './lock-build.ts';
import { sourceHash } from './source-hash.ts';
import { readStamp, writeStamp } from './stamp.ts';

export type Say = (line: string) => void;

/** Something that is built. Paths are relative to the repository's root. */
export interface Target {
  name: string;
  /** What it is made from. */
  sources: string[];
  /** What must be there after, or it is stale whatever the stamp says. */
  product: string;
  command: [program: string, ...args: string[]];
  cwd: string;
}

/** A build failed; its message holds what the tool printed. */
export class BuildError extends Error {
  override name = 'BuildError';
}

/**
 * Builds a target if it changed since it was last built. Of several processes that find it stale at the
 * same moment one builds, and the others wait and find it done.
 * @throws BuildError
 */
export async function buildIfStale(target: Target, say: Say): Promise<void> {
  if (await isFresh(target, await sourceHash(target.sources))) return;
  const release = await lockBuild(target.name, () =>
    say(`Waiting for another process that builds ${target.name} …`),
  );
  try {
    const hash = await sourceHash(target.sources);
    if (await isFresh(target, hash)) return;
    await build(target, say);
    await writeStamp(target.name, hash);
  } finally {
    release();
  }
}

async function isFresh(target: Target, hash: string): Promise<boolean> {
  const isThere = existsSync(join(repositoryRoot, target.product));
  return isThere && (await readStamp(target.name)) === hash;
}

async function build(target: Target, say: Say): Promise<void> {
  const startedAt = Date.now();
  say(`Building ${target.name} …`);
  const [program, ...args] = target.command;
  const result = await runTool(program, args, { cwd: join(repositoryRoot, target.cwd) });
  if (!result.ok) throw new BuildError(`Building ${target.name} failed.\n${result.output}`);
  say(`Built ${target.name} in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
}
