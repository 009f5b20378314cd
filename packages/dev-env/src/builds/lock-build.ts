import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import SqliteDatabase from 'better-sqlite3';
import { cacheFolder } from './stamp.ts';

const everyMs = 100;

/**
 * Waits until no other process of this machine holds a build, and holds it until the returned function is
 * called. The lock is SQLite's on a file with nothing in it: the system lets go of it however its holder
 * ends, so that none is left behind and nobody must guess whether a holder still lives.
 * @param onWait called once when another holds it
 */
export async function lockBuild(name: string, onWait: () => void): Promise<() => void> {
  await mkdir(cacheFolder, { recursive: true });
  const database = new SqliteDatabase(join(cacheFolder, `${name}.lock`), { timeout: 0 });
  try {
    for (let waits = false; !tryToLock(database); waits = true) {
      if (!waits) onWait();
      await pause(everyMs);
    }
  } catch (error) {
    database.close();
    throw error;
  }
  return () => void database.close();
}

function tryToLock(database: SqliteDatabase.Database): boolean {
  try {
    database.exec('begin exclusive');
    return true;
  } catch (error) {
    if (error instanceof SqliteDatabase.SqliteError && error.code === 'SQLITE_BUSY') return false;
    throw error;
  }
}
