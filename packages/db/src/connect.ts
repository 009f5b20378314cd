import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { CamelCasePlugin, Kysely } from 'kysely';
import type { Db, Schema } from './database.ts';
import { postgresDialect } from './dialects/postgres.ts';
import { sqliteDialect } from './dialects/sqlite.ts';

export type DatabaseLocation = { kind: 'sqlite'; file: string } | { kind: 'postgres'; url: string };

/** The file holds password hashes and sessions: nobody else on the machine reads it. */
function makePrivate(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
}

/** Opens the database; `db.destroy()` closes it. The folder of a SQLite file is made if missing. */
export function connect(location: DatabaseLocation): Db {
  if (location.kind === 'sqlite') makePrivate(location.file);
  const dialect =
    location.kind === 'sqlite' ? sqliteDialect(location.file) : postgresDialect(location.url);
  return new Kysely<Schema>({ dialect, plugins: [new CamelCasePlugin()] });
}
