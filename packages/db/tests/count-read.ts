import { sql } from 'kysely';
import type { Db, Tx } from '../src/database.ts';
import { dialectOf } from '../src/dialects/portable.ts';
import { inTransaction } from '../src/transaction.ts';

/** How many rows of a table a piece of work reads on PostgreSQL. SQLite does not count them: 0. */
export function countRead(
  db: Db,
  table: string,
  work: (tx: Tx) => Promise<unknown>,
): Promise<number> {
  return inTransaction(db, async (tx) => {
    // What the connection has read before may be in the count as well.
    const before = await readSoFar(tx, table);
    await work(tx);
    return (await readSoFar(tx, table)) - before;
  });
}

async function readSoFar(tx: Db, table: string): Promise<number> {
  if (dialectOf(tx) === 'sqlite') return 0;
  const { rows } = await sql<{ read: number }>`
    select coalesce(idx_tup_fetch, 0) + coalesce(seq_tup_read, 0) as read
    from pg_stat_xact_user_tables where relname = ${table}`.execute(tx);
  return rows[0]?.read ?? 0;
}
