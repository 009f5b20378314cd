import { sql } from 'kysely';
import type { Db, Instant, Row } from './database.ts';
import { dialectOf } from './dialects/portable.ts';

/** Tables that workers take rows from, and the status of a row that waits. */
const waiting = {
  attempts: { table: 'attempts', status: 'open' },
  stripeOperations: { table: 'stripe_operations', status: 'open' },
  stripeEvents: { table: 'stripe_events', status: 'pending' },
  outbox: { table: 'outbox', status: 'pending' },
} as const;

export interface Lease {
  holder: string;
  now: Instant;
  leaseMs: number;
  limit: number;
}

/**
 * Takes up to `limit` waiting rows whose time has come and that nobody holds, in one statement.
 * The outer WHERE repeats the predicate: without it PostgreSQL hands one row to two workers,
 * because the inner query's snapshot may be older than the other worker's commit.
 */
export async function claim<T extends keyof typeof waiting>(
  db: Db,
  from: T,
  lease: Lease,
): Promise<Row<T>[]> {
  const { table, status } = waiting[from];
  const free = sql`status = ${status} and next_try_at <= ${lease.now}
    and (leased_until is null or leased_until <= ${lease.now})`;
  const lock = dialectOf(db) === 'postgres' ? sql`for update skip locked` : sql``;
  const result = await sql<Row<T>>`
    update ${sql.table(table)}
    set leased_until = ${lease.now + lease.leaseMs}, lease_holder = ${lease.holder}
    where id in (
      select id from ${sql.table(table)} where ${free}
      order by next_try_at limit ${lease.limit} ${lock}
    ) and ${free}
    returning *`.execute(db);
  return result.rows;
}
