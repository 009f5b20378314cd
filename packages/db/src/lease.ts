import { sql } from 'kysely';
import type { RawBuilder, SqlBool } from 'kysely';
import type { Db, Instant, Row } from './database.ts';
import { dialectOf } from './dialects/portable.ts';

/** Tables that workers take rows from, how a row says that it waits, and until when it does. */
export const waiting = {
  attempts: { table: 'attempts', column: 'status', value: 'open', until: 'next_try_at' },
  payments: { table: 'payments', column: 'next_step', value: 'charge', until: 'charge_at' },
  stripeOperations: {
    table: 'stripe_operations',
    column: 'status',
    value: 'open',
    until: 'next_try_at',
  },
  backFills: { table: 'back_fills', column: 'status', value: 'open', until: 'next_try_at' },
  driftRuns: { table: 'drift_runs', column: 'status', value: 'open', until: 'next_try_at' },
  outbox: { table: 'outbox', column: 'status', value: 'pending', until: 'next_try_at' },
} as const;

export interface Lease {
  holder: string;
  now: Instant;
  leaseMs: number;
  limit: number;
}

/**
 * Whether a row that was found by something else is still so, in words that no index has. PostgreSQL takes
 * the partial index of what waits for empty until it is analyzed anew: with a plain `status = 'open'` it
 * would, in a backlog, go through all of that index for each row that is taken or ended.
 */
export function isStill(column: string, value: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`lower(${sql.ref(column)}) = ${value}`;
}

/**
 * Takes up to `limit` waiting rows whose time has come and that nobody holds, in one statement.
 * The outer WHERE repeats the predicate: without it PostgreSQL hands one row to two workers,
 * because the inner query's snapshot may be older than the other worker's commit. `materialized`:
 * otherwise PostgreSQL may run the inner query once for each row, and take more than `limit`.
 */
export async function claim<T extends keyof typeof waiting>(
  db: Db,
  from: T,
  lease: Lease,
): Promise<Row<T>[]> {
  const { table, column, value, until } = waiting[from];
  const isFree = sql`${sql.ref(until)} <= ${lease.now}
    and (leased_until is null or leased_until <= ${lease.now})`;
  const lock = dialectOf(db) === 'postgres' ? sql`for update skip locked` : sql``;
  const result = await sql<Row<T>>`
    with next as materialized (
      select id from ${sql.table(table)}
      where ${sql.ref(column)} = ${value} and ${isFree}
      order by ${sql.ref(until)} limit ${lease.limit} ${lock}
    )
    update ${sql.table(table)}
    set leased_until = ${lease.now + lease.leaseMs}, lease_holder = ${lease.holder}
    where id in (select id from next) and ${isStill(column, value)} and ${isFree}
    returning *`.execute(db);
  return result.rows;
}
