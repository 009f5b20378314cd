import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@onfile/dev-env/postgres.ts';
import { copyPostgres, copySqlite, migrateTemplate } from '@onfile/dev-env/template-database.ts';
import type { TestDatabase } from '@onfile/dev-env/template-database.ts';

/** Makes migrated databases, as many as are asked for. */
export interface Templates {
  copy(): Promise<TestDatabase>;
  remove(): Promise<void>;
}

/** Migrates once, and copies from then on. */
export async function openTemplates(dialect: 'sqlite' | 'postgres'): Promise<Templates> {
  return dialect === 'sqlite' ? sqliteTemplates() : postgresTemplates();
}

async function sqliteTemplates(): Promise<Templates> {
  const folder = await mkdtemp(join(tmpdir(), 'onfile-faults-'));
  const file = join(folder, 'template.sqlite');
  await migrateTemplate({ kind: 'sqlite', file });
  return {
    copy: () => copySqlite(file),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function postgresTemplates(): Promise<Templates> {
  const server = await startPostgres();
  const template = 'onfile_template';
  await migrateTemplate({ kind: 'postgres', url: await server.createDatabase(template) });
  return {
    copy: () => copyPostgres({ serverUrl: server.url('postgres'), template }),
    remove: () => server.stop(),
  };
}
