import { randomBytes } from 'node:crypto';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { migrateAuth } from '@onfile/auth/migrate-auth.ts';
import { connect } from '@onfile/db/connect.ts';
import type { DatabaseLocation } from '@onfile/db/connect.ts';
import { migrateToLatest } from '@onfile/db/migrate.ts';
import { closeRuntime, openRuntime } from '@onfile/payments/runtime.ts';
import { testSettings } from './test-settings.ts';

export interface TestDatabase {
  /** For `connect`, or for a child process's settings. */
  location: DatabaseLocation;
  remove(): Promise<void>;
}

/** Brings an empty database up to date, to be copied. */
export async function migrateTemplate(location: DatabaseLocation): Promise<void> {
  const runtime = openRuntime(testSettings(location, 'http://127.0.0.1:9'), { name: 'template' });
  try {
    await migrateToLatest(runtime.db);
    await migrateAuth(runtime);
  } finally {
    await closeRuntime(runtime);
  }
}

/** A copy of a migrated SQLite file. */
export async function copySqlite(template: string): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'onfile-test-'));
  const file = join(folder, 'onfile.sqlite');
  await copyFile(template, file);
  return {
    location: { kind: 'sqlite', file },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A copy of a migrated PostgreSQL database. */
export async function copyPostgres(from: {
  /** The server's maintenance database. */
  serverUrl: string;
  template: string;
}): Promise<TestDatabase> {
  const maintain = async (statement: ReturnType<typeof sql>): Promise<void> => {
    const db = connect({ kind: 'postgres', url: from.serverUrl });
    try {
      await statement.execute(db);
    } finally {
      await db.destroy();
    }
  };
  const name = `onfile_${randomBytes(6).toString('hex')}`;
  await maintain(sql`create database ${sql.id(name)} template ${sql.id(from.template)}`);
  const url = new URL(from.serverUrl);
  url.pathname = `/${name}`;
  return {
    location: { kind: 'postgres', url: url.href },
    remove: () => maintain(sql`drop database if exists ${sql.id(name)} with (force)`),
  };
}
