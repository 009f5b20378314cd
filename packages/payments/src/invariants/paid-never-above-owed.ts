import type { Invariant } from './invariant.ts';
import { idsOf, mostNamed } from './invariant.ts';

/** No payment has received more than it owes, raised holds included. */
export const paidNeverAboveOwed: Invariant = {
  name: 'paid_never_above_owed',
  findBroken: async (db) =>
    idsOf(
      await db
        .selectFrom('payments')
        .select('id')
        .whereRef('amountReceivedMinor', '>', 'amountMinor')
        .limit(mostNamed)
        .execute(),
    ),
};
