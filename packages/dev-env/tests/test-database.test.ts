import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { connect } from '@onfile/db/connect.ts';
import { pendingMigrations } from '@onfile/db/migrate.ts';
import { createTestDatabase, describeOnBothDatabases } from '../src/test-database.ts';

describeOnBothDatabases('a test database', (dialect) => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function open() {
    const database = await createTestDatabase(dialect);
    const db = connect(database.location);
    closing.push(database.remove, () => db.destroy());
    return db;
  }

  it('is migrated when it opens', async () => {
    expect(await pendingMigrations(await open())).toEqual([]);
  });

  it('is nobody else’s', async () => {
    const [one, other] = [await open(), await open()];
    await one
      .insertInto('auditLog')
      .values({
        id: 'aud_1',
        at: 1,
        actorKind: 'operator',
        actorId: null,
        action: 'test',
        subjectKind: 'test',
        subjectId: '1',
        details: '{}',
      })
      .execute();
    expect(await other.selectFrom('auditLog').select('id').execute()).toEqual([]);
  });
});

it('who has loaded PostgreSQL still ends with an exit code of its own', async () => {
  const file = fileURLToPath(new URL('../src/load-embedded-postgres.ts', import.meta.url));
  const script =
    `const { loadEmbeddedPostgres } = await import(${JSON.stringify(file)});` +
    'await loadEmbeddedPostgres(); process.exitCode = 3;';
  const code = await new Promise((resolve) => {
    const child = execFile(process.execPath, ['--input-type=module', '--eval', script], () =>
      resolve(child.exitCode),
    );
  });
  expect(code).toBe(3);
});
