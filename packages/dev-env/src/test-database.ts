import { randomBytes } from 'node:crypto';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, inject } from 'vitest';
import { connect } from '@onfile/db/connect.ts';
import type { DatabaseLocation } from '@onfile/db/connect.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The run's PostgreSQL, its maintenance database. */
    postgresUrl: string;
    /** A migrated database there, to be copied. */
    postgresTemplate: string;
    /** A migrated SQLite file, to be copied. */
    sqliteTemplate: string;
  }
}

export type Dialect = 'sqlite' | 'postgres';

export interface TestDatabase {
  /** For `connect`, or for a child process's settings. */
  location: DatabaseLocation;
  remove(): Promise<void>;
}

/** The same suite on SQLite and on PostgreSQL. */
export function describeOnBothDatabases(name: string, suite: (dialect: Dialect) => void): void {
  const dialects: Dialect[] = ['sqlite', 'postgres'];
  for (const dialect of dialects) describe(`${name} (${dialect})`, () => suite(dialect));
}

/** A migrated and empty database of the caller's own. */
export function createTestDatabase(dialect: Dialect): Promise<TestDatabase> {
  return dialect === 'sqlite' ? copySqlite() : copyPostgres();
}

async function copySqlite(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'onfile-test-'));
  const file = join(folder, 'onfile.sqlite');
  await copyFile(inject('sqliteTemplate'), file);
  return {
    location: { kind: 'sqlite', file },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function copyPostgres(): Promise<TestDatabase> {
  const name = `onfile_${randomBytes(6).toString('hex')}`;
  const template = sql.id(inject('postgresTemplate'));
  await maintain(sql`create database ${sql.id(name)} template ${template}`);
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  return {
    location: { kind: 'postgres', url: url.href },
    remove: () => maintain(sql`drop database if exists ${sql.id(name)} with (force)`),
  };
}

async function maintain(statement: ReturnType<typeof sql>): Promise<void> {
  const db = connect({ kind: 'postgres', url: inject('postgresUrl') });
  try {
    await statement.execute(db);
  } finally {
    await db.destroy();
  }
}
