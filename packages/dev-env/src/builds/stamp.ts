import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../repository-root.ts';

const folder = join(repositoryRoot, '.cache');

/** The hash that `name` was last built from, or null. */
export async function readStamp(name: string): Promise<string | null> {
  return readFile(join(folder, `${name}.stamp`), 'utf8').catch(() => null);
}

/** Remembers what `name` was built from. */
export async function writeStamp(name: string, hash: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${name}.stamp`), hash);
}
