import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { createSandbox } from '@onfile/stripe-sandbox/server.ts';
import type { Sandbox } from '@onfile/stripe-sandbox/server.ts';
import { afterEach, expect, it } from 'vitest';
import { connect } from '@onfile/db/connect.ts';
import { openDemoKeys } from '../src/constellation/demo-keys.ts';
import { prepareDatabase } from '../src/constellation/prepare-database.ts';
import { removeDemoLogins } from '../src/constellation/remove-demo-logins.ts';
import { createTestDatabase, describeOnBothDatabases } from '../src/test-database.ts';
import type { TestDatabase } from '../src/test-database.ts';
import { testSettings } from '../src/test-settings.ts';

describeOnBothDatabases('the demo’s logins', (dialect) => {
  let database: TestDatabase;
  let dataDir: string;
  let sandbox: Sandbox;
  afterEach(async () => {
    await sandbox.close();
    await database.remove();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('are made once, and end when the database gets an operator’s keys', async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'onfile-test-'));
    database = await createTestDatabase(dialect);
    sandbox = await createSandbox();
    const settings = testSettings(database.location, sandbox.url);
    const { logins } = await openDemoKeys(dataDir);
    expect((await openDemoKeys(dataDir)).logins).toEqual(logins);
    await prepareDatabase(settings, logins);
    await prepareDatabase(settings, logins);
    expect(await countPasswords(database)).toEqual([1, 1]);
    await removeDemoLogins(settings);
    expect(await countPasswords(database)).toEqual([0, 0]);
  });
});

async function countPasswords(database: TestDatabase): Promise<number[]> {
  const db = connect(database.location);
  try {
    const tables = ['shopper_account', 'staff_account'];
    return await Promise.all(
      tables.map(async (table) => {
        const { rows } = await sql`select id from ${sql.table(table)}`.execute(db);
        return rows.length;
      }),
    );
  } finally {
    await db.destroy();
  }
}
