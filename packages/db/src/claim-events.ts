import { sql } from 'kysely';
import type { Db, Instant, Row } from './database.ts';
import { dialectOf } from './dialects/portable.ts';
import { isStill } from './lease.ts';
import type { Lease } from './lease.ts';
import { inTransaction } from './transaction.ts';

/** One number that all who take events lock: they take turns, since each must see what the last took. */
const turn = 0x6f6e6669;

/**
 * Takes up to `limit` events whose time has come, but none about an object of which another is being
 * handled: two events about one object are never handled at the same time. Of one object several may be
 * taken together, for one after the other. A statement does not see what another took since it began,
 * so that on PostgreSQL those who take wait for each other first. SQLite has one writer anyway.
 * @param except types of which none is taken, however long they wait
 */
export function claimEvents(
  db: Db,
  lease: Lease,
  except: string[] = [],
): Promise<Row<'stripeEvents'>[]> {
  if (dialectOf(db) === 'sqlite') return take(db, lease, except);
  return inTransaction(db, async (tx) => {
    await sql`select pg_advisory_xact_lock(${turn})`.execute(tx);
    return take(tx, lease, except);
  });
}

/** Its time has come, and nobody holds it. */
function isFree(now: Instant) {
  return sql`status = 'pending' and next_try_at <= ${now}
    and (leased_until is null or leased_until <= ${now})`;
}

/** How many of the first events that are free are looked at: what is behind them waits for its turn. */
const lookAhead = 500;

/** The first of the free events, for a statement that needs no lease: whoever else looks sees others. */
function firstFree(db: Db, now: Instant) {
  const lock = dialectOf(db) === 'postgres' ? sql`for update skip locked` : sql``;
  return sql`select id, type from stripe_events
    where ${isFree(now)} order by next_try_at limit ${lookAhead} ${lock}`;
}

/**
 * Ends those of the next waiting events that nobody handles, in one statement: they need no lease, and
 * their payloads are not read. On PostgreSQL whoever does the same at this moment takes others.
 * @param given.heard the types that have a handler
 */
export async function ignoreEvents(
  db: Db,
  given: { heard: string[]; now: Instant },
): Promise<Pick<Row<'stripeEvents'>, 'id' | 'type' | 'receivedAt'>[]> {
  const { heard, now } = given;
  const result = await sql<Pick<Row<'stripeEvents'>, 'id' | 'type' | 'receivedAt'>>`
    with next as materialized (${firstFree(db, now)})
    update stripe_events
    set status = 'ignored', handled_at = ${now}, last_error = null,
      leased_until = null, lease_holder = null
    where id in (select id from next where type not in (${sql.join(heard)})) and ${stillPending}
    returning id, type, received_at`.execute(db);
  return result.rows;
}

/**
 * Puts those of the next waiting events that are of some types off for later, in one statement: whoever
 * comes behind them is reached. On PostgreSQL whoever does the same at this moment puts off others.
 * @returns how many
 */
export async function putOffEvents(
  db: Db,
  given: { types: string[]; now: Instant; until: Instant; why: string },
): Promise<number> {
  const { types, now, until, why } = given;
  const result = await sql`
    with next as materialized (${firstFree(db, now)})
    update stripe_events
    set next_try_at = ${until}, last_error = ${why}, leased_until = null, lease_holder = null
    where id in (select id from next where type in (${sql.join(types)})) and ${stillPending}`.execute(
    db,
  );
  return Number(result.numAffectedRows ?? 0n);
}

/** Whether an event that was found is still waiting. */
export const stillPending = isStill('status', 'pending');

async function take(db: Db, lease: Lease, except: string[]): Promise<Row<'stripeEvents'>[]> {
  const isWanted = except.length > 0 ? sql`and type not in (${sql.join(except)})` : sql``;
  const result = await sql<Row<'stripeEvents'>>`
    with held as materialized (
      select object_id from stripe_events
      where lease_holder is not null and leased_until > ${lease.now} and object_id is not null
    ), next as materialized (
      select id from stripe_events
      where ${isFree(lease.now)} ${isWanted}
        and (object_id is null or object_id not in (select object_id from held))
      order by next_try_at limit ${lease.limit}
    )
    update stripe_events
    set leased_until = ${lease.now + lease.leaseMs}, lease_holder = ${lease.holder}
    where id in (select id from next) and ${stillPending}
    returning *`.execute(db);
  return result.rows;
}
