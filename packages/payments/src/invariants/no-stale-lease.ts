import type { Db, Instant } from '@onfile/db/database.ts';
import type { Invariant } from './invariant.ts';
import { idsOf, mostNamed } from './invariant.ts';

/** A lease that ran out is taken by another worker within seconds: one an hour old says that none runs. */
const staleMs = 60 * 60 * 1000;

const leased = [
  { table: 'attempts', column: 'status', waits: 'open' },
  { table: 'stripeOperations', column: 'status', waits: 'open' },
  { table: 'stripeEvents', column: 'status', waits: 'pending' },
  { table: 'outbox', column: 'status', waits: 'pending' },
  { table: 'payments', column: 'nextStep', waits: 'charge' },
] as const;

async function staleIn(db: Db, from: (typeof leased)[number], before: Instant): Promise<string[]> {
  const { table, column, waits } = from;
  const rows = await db
    .selectFrom(table)
    .select('id')
    .where(({ eb, ref }) =>
      eb.and([eb(ref(column as 'status'), '=', waits as never), eb('leasedUntil', '<', before)]),
    )
    .limit(mostNamed)
    .execute();
  return idsOf(rows);
}

/** No row is still held by a worker whose time with it is long over. */
export const noStaleLease: Invariant = {
  name: 'no_stale_lease',
  findBroken: async (db, now) => {
    const found = await Promise.all(leased.map((from) => staleIn(db, from, now - staleMs)));
    return found.flat();
  },
};
