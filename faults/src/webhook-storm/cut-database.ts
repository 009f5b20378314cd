import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { connect } from '@onfile/db/connect.ts';
import { onlooker } from './storm.ts';
import type { Storm } from './storm.ts';

/**
 * Keeps every process from the database for so long. PostgreSQL: all its connections are ended and new ones
 * refused. SQLite has no connection that could be cut: another writer holds the lock instead.
 */
export async function cutDatabase({ shop, runtime }: Storm, forMs: number): Promise<void> {
  const { database } = runtime.settings;
  if (database.kind === 'sqlite') await holdTheLock(database.file, forMs);
  else await cutConnections(shop.env['DATABASE_URL'] ?? '', forMs);
}

async function cutConnections(databaseUrl: string, forMs: number): Promise<void> {
  const url = new URL(databaseUrl);
  const name = url.pathname.slice(1);
  url.pathname = '/postgres';
  const db = connect({ kind: 'postgres', url: url.href });
  const allow = (isAllowed: boolean) =>
    sql`alter database ${sql.id(name)} allow_connections ${sql.lit(isAllowed)}`.execute(db);
  try {
    await allow(false);
    await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = ${name} and application_name <> ${onlooker}`.execute(db);
    await pause(forMs);
    await allow(true);
  } finally {
    await db.destroy();
  }
}

async function holdTheLock(file: string, forMs: number): Promise<void> {
  const db = connect({ kind: 'sqlite', file });
  try {
    // A transaction of Kysely's begins `immediate` here, and so has the lock at once.
    await db.transaction().execute(() => pause(forMs));
  } finally {
    await db.destroy();
  }
}
