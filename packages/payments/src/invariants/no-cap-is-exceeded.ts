import type { Invariant } from './invariant.ts';
import { mostNamed } from './invariant.ts';

/** What was taken or held under an agreement, or is on its way, stays within its cap. */
export const noCapIsExceeded: Invariant = {
  name: 'no_cap_is_exceeded',
  findBroken: async (db) => {
    const rows = await db
      .selectFrom('agreements')
      .innerJoin('payments', 'payments.agreementId', 'agreements.id')
      .select('agreements.id')
      .where('payments.status', 'in', ['succeeded', 'processing', 'requires_capture'])
      .groupBy(['agreements.id', 'agreements.capAmountMinor'])
      .having((eb) =>
        eb(eb.fn.sum<number>('payments.amountMinor'), '>', eb.ref('agreements.capAmountMinor')),
      )
      .limit(mostNamed)
      .execute();
    return rows.map(({ id }) => id);
  },
};
