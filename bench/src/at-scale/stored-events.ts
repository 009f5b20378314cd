import { sql } from 'kysely';
import type { Db } from '@onfile/db/database.ts';
import { dialectOf } from '@onfile/db/dialects/portable.ts';

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Fills the inbox with events of the last thirty days that are handled long since, three about each
 * object. Like Stripe's, ids begin with what grows with time and end with what nobody can guess. Payloads are 500 bytes where Stripe's are 3,000: their length costs
 * disk, and what is measured (finding, writing, indexes) does not read them.
 */
export async function storeHandledEvents(db: Db, count: number): Promise<void> {
  const now = Date.now();
  const isPostgres = dialectOf(db) === 'postgres';
  const numbers = isPostgres
    ? sql`select cast(n as bigint) as n from generate_series(1, ${sql.lit(count)}) as g(n)`
    : sql`with recursive g(n) as (
        select 1 union all select n + 1 from g where n < ${sql.lit(count)}
      ) select n from g`;
  // Numbers that look random but are each taken once: n times an odd number, in 40 bits.
  const scattered = (n: ReturnType<typeof sql>) => sql`(${n} * 2654435761 % 1099511627776)`;
  const at = sql`${sql.lit(now - 30 * dayMs)} + n * ${sql.lit(Math.floor((29 * dayMs) / count))}`;
  await sql`insert into stripe_events
    (id, type, api_version, object_id, stripe_created_at, payload, received_at, next_try_at,
     status, handled_at)
    select 'evt_1' || (10000000 + n) || ${scattered(sql`n`)},
      case n % 4 when 0 then 'payment_intent.succeeded' when 1 then 'charge.succeeded'
        when 2 then 'payment_intent.created' else 'charge.updated' end,
      '2026-10-28.endive', 'pi_1' || (10000000 + n / 3) || ${scattered(sql`(n / 3)`)}, ${at}, ${'x'.repeat(500)}, ${at},
      ${at}, case n % 4 when 0 then 'handled' else 'ignored' end, ${at} + 200
    from (${numbers}) as numbers`.execute(db);
  // What PostgreSQL does by itself within minutes, and SQLite with its next writes.
  if (isPostgres) {
    await sql`vacuum analyze stripe_events`.execute(db);
    await sql`checkpoint`.execute(db);
  } else await sql`pragma wal_checkpoint(truncate)`.execute(db);
}
