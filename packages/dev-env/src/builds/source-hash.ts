import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { repositoryRoot } from '../repository-root.ts';

const skippedFolders = new Set(['node_modules', 'build', 'compiled', 'tests', '.svelte-kit']);

/**
 * One hash over the contents of files and folders.
 * @param paths relative to the repository's root; what is missing counts as missing
 */
export async function sourceHash(paths: string[]): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  for (const path of paths) {
    for (const file of await filesBelow(join(repositoryRoot, path))) {
      hash.update(`\0${relative(repositoryRoot, file)}\0`).update(await readFile(file));
    }
  }
  return hash.digest('hex');
}

async function filesBelow(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => null);
  if (!found) return [];
  if (found.isFile()) return /\.test\.ts$/.test(path) ? [] : [path];
  const entries = await readdir(path, { withFileTypes: true });
  const lists = await Promise.all(
    entries
      .filter((entry) => !skippedFolders.has(entry.name))
      .map((entry) => filesBelow(join(path, entry.name))),
  );
  return lists.flat().sort();
}
