import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres.ts';
import { migrateTemplate } from './template-database.ts';

/** Once a run: one PostgreSQL, and a migrated template of each dialect, which every suite copies. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'onfile-tests-'));
  const postgres = await startPostgres();
  const postgresTemplate = 'onfile_template';
  const sqliteTemplate = join(folder, 'template.sqlite');
  await migrateTemplate({ kind: 'postgres', url: await postgres.createDatabase(postgresTemplate) });
  await migrateTemplate({ kind: 'sqlite', file: sqliteTemplate });
  project.provide('postgresUrl', postgres.url('postgres'));
  project.provide('postgresTemplate', postgresTemplate);
  project.provide('sqliteTemplate', sqliteTemplate);
  return async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
