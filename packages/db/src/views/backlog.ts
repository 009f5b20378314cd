import { sql } from 'kysely';
import type { Db, Instant } from '../database.ts';
import { waiting as leased } from '../lease.ts';

/** Tables that workers take rows from. Events are taken by a claim of their own. */
const waiting = {
  ...leased,
  stripeEvents: {
    table: 'stripe_events',
    column: 'status',
    value: 'pending',
    until: 'next_try_at',
  },
} as const;

export type WaitingTable = keyof typeof waiting;

export const waitingTables = Object.keys(waiting) as WaitingTable[];

/** What waits in one of the tables that workers take rows from. */
export interface Backlog {
  /** Rows that are not done with, whenever their time comes. */
  waiting: number;
  /** Of these, rows whose time has come. */
  due: number;
  /** When the time of the first of them came. */
  dueSince: Instant | null;
  /** Of these, rows with a lease that ran out: who held it has died, or is slow. */
  expiredLeases: number;
}

/** The value stands in the text, as in the partial indexes, so that planners see that these serve. */
function isWaiting(from: WaitingTable) {
  const { column, value } = waiting[from];
  return sql`${sql.ref(column)} = ${sql.lit(value)}`;
}

/**
 * Rows at the front of a table's line are looked at one by one, at most so many: an index says how many
 * wait, and since when, but nothing else about them.
 */
const mostLookedAt = 1_000;

/** Counts what waits in a table. Rows that somebody holds are due longest, so that the front has them. */
export async function readBacklog(db: Db, from: WaitingTable, now: Instant): Promise<Backlog> {
  const { table, until } = waiting[from];
  const all = await sql<{ rows: number }>`
    select count(*) as rows from ${sql.table(table)} where ${isWaiting(from)}`.execute(db);
  const due = await sql<{ rows: number; since: Instant | null }>`
    select count(*) as rows, min(${sql.ref(until)}) as since from ${sql.table(table)}
    where ${isWaiting(from)} and ${sql.ref(until)} <= ${now}`.execute(db);
  const expired = await sql<{ rows: number }>`
    select count(*) as rows from (
      select leased_until from ${sql.table(table)}
      where ${isWaiting(from)} and ${sql.ref(until)} <= ${now}
      order by ${sql.ref(until)} limit ${mostLookedAt}
    ) as front where leased_until <= ${now}`.execute(db);
  return {
    waiting: all.rows[0]?.rows ?? 0,
    due: due.rows[0]?.rows ?? 0,
    dueSince: due.rows[0]?.since ?? null,
    expiredLeases: expired.rows[0]?.rows ?? 0,
  };
}

/** Of the inbox: when the oldest waiting event came (of those that are tried first), how many are dead. */
export async function readInboxBacklog(
  db: Db,
): Promise<{ oldestReceivedAt: Instant | null; dead: number }> {
  const oldest = await sql<{ received: Instant | null }>`
    select min(received_at) as received from (
      select received_at from stripe_events where ${isWaiting('stripeEvents')}
      order by next_try_at limit ${mostLookedAt}
    ) as front`.execute(db);
  const dead = await sql<{ rows: number }>`
    select count(*) as rows from stripe_events where status = 'dead'`.execute(db);
  return { oldestReceivedAt: oldest.rows[0]?.received ?? null, dead: dead.rows[0]?.rows ?? 0 };
}

/** When the time of the first waiting event came, or will come; null: none waits. One step in an index. */
export async function readFirstEventDueAt(db: Db): Promise<Instant | null> {
  const result = await sql<{ first: Instant | null }>`
    select min(next_try_at) as first from stripe_events
    where ${isWaiting('stripeEvents')}`.execute(db);
  return result.rows[0]?.first ?? null;
}
