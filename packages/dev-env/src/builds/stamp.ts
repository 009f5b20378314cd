import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../repository-root.ts';

/** What builds remember of each other. */
export const cacheFolder = join(repositoryRoot, '.cache');

/** The hash that `name` was last built from, or null. */
export async function readStamp(name: string): Promise<string | null> {
  return readFile(join(cacheFolder, `${name}.stamp`), 'utf8').catch(() => null);
}

/** Remembers what `name` was built from. */
export async function writeStamp(name: string, hash: string): Promise<void> {
  await mkdir(cacheFolder, { recursive: true });
  await writeFile(join(cacheFolder, `${name}.stamp`), hash);
}
