import { sql } from 'kysely';
import { createTestDatabase } from '@onfile/dev-env/test-database.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { expect, it, onTestFinished } from 'vitest';
import { connect } from '../src/connect.ts';
import type { Db } from '../src/database.ts';

/** Ends a session as an operator or a restart of the server does; resolves when it is gone. */
async function cut(onlooker: Db, pid: number): Promise<void> {
  await sql`select pg_terminate_backend(${pid})`.execute(onlooker);
  await waitUntil('the session is gone', async () => {
    const { rows } = await sql`select 1 from pg_stat_activity where pid = ${pid}`.execute(onlooker);
    return rows.length === 0;
  });
}

async function ownPid(db: Db): Promise<number> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db);
  return rows[0]?.pid ?? 0;
}

it('a connection that is cut while it is in use fails its transaction, and not the process', async () => {
  const database = await createTestDatabase('postgres');
  const [db, onlooker] = [connect(database.location), connect(database.location)];
  onTestFinished(async () => {
    await Promise.all([db.destroy(), onlooker.destroy()]);
    await database.remove();
  });
  const broken = db.transaction().execute(async (tx) => {
    // Between two statements: nobody waits for an answer that could carry the error.
    await cut(onlooker, await ownPid(tx));
    await ownPid(tx);
  });
  await expect(broken).rejects.toThrow(/terminat|not queryable/);
  expect(await ownPid(db)).toBeGreaterThan(0);
});
