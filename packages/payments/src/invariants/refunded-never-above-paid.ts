import type { Invariant } from './invariant.ts';
import { mostNamed } from './invariant.ts';

/** No payment has given back more than it received, refunds on their way included. */
export const refundedNeverAbovePaid: Invariant = {
  name: 'refunded_never_above_paid',
  findBroken: async (db) => {
    const rows = await db
      .selectFrom('payments')
      .innerJoin('refunds', 'refunds.paymentId', 'payments.id')
      .select('payments.id')
      .where('refunds.status', 'in', ['open', 'pending', 'requires_action', 'succeeded'])
      .groupBy(['payments.id', 'payments.amountReceivedMinor'])
      .having((eb) =>
        eb(eb.fn.sum<number>('refunds.amountMinor'), '>', eb.ref('payments.amountReceivedMinor')),
      )
      .limit(mostNamed)
      .execute();
    return rows.map(({ id }) => id);
  },
};
