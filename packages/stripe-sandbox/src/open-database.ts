import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { SCHEMA, SCHEMA_CHANGES } from './store-schema.ts';

/** Opens `sandbox.sqlite` in the data folder, or a database in memory when there is none. */
export function openDatabase(dataDir: string | undefined): Database.Database {
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const db = new Database(dataDir === undefined ? ':memory:' : join(dataDir, 'sandbox.sqlite'));
  db.pragma('journal_mode = WAL');
  // What this process has committed survives it; nobody needs a sandbox to survive a power cut.
  db.pragma('synchronous = OFF');
  db.pragma('cache_size = -65536');
  db.pragma('temp_store = MEMORY');
  db.pragma('busy_timeout = 5000');
  db.pragma('wal_autocheckpoint = 4000');
  db.transaction(bringUpToDate).immediate(db);
  return db;
}

function bringUpToDate(db: Database.Database): void {
  db.exec(SCHEMA);
  const done = Number(db.pragma('user_version', { simple: true }));
  for (const change of SCHEMA_CHANGES.slice(done)) db.exec(change);
  db.pragma(`user_version = ${String(SCHEMA_CHANGES.length)}`);
}
