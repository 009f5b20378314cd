import { describe, inject } from 'vitest';
import { copyPostgres, copySqlite } from './template-database.ts';
import type { TestDatabase } from './template-database.ts';

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

export type { TestDatabase } from './template-database.ts';

export type Dialect = 'sqlite' | 'postgres';

/** The same suite on SQLite and on PostgreSQL. */
export function describeOnBothDatabases(name: string, suite: (dialect: Dialect) => void): void {
  const dialects: Dialect[] = ['sqlite', 'postgres'];
  for (const dialect of dialects) describe(`${name} (${dialect})`, () => suite(dialect));
}

/** A migrated and empty database of the caller's own. */
export function createTestDatabase(dialect: Dialect): Promise<TestDatabase> {
  if (dialect === 'sqlite') return copySqlite(inject('sqliteTemplate'));
  return copyPostgres({ serverUrl: inject('postgresUrl'), template: inject('postgresTemplate') });
}
