import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { SCHEMA } from './store-schema.ts';

/** Opens `sandbox.sqlite` in the data folder, or a database in memory when there is none. */
export function openDatabase(dataDir: string | undefined): Database.Database {
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const db = new Database(dataDir === undefined ? ':memory:' : join(dataDir, 'sandbox.sqlite'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma('busy_timeout = 5000');
  db.pragma('wal_autocheckpoint = 4000');
  db.exec(SCHEMA);
  return db;
}
