import type { Invariant } from './invariant.ts';
import { mostNamed } from './invariant.ts';

/** Of all the intents that a payment has had, one at most has taken money. */
export const oneSuccessPerPayment: Invariant = {
  name: 'one_success_per_payment',
  findBroken: async (db) => {
    const rows = await db
      .selectFrom('paymentIntents')
      .select('paymentId')
      .where('status', 'in', ['succeeded', 'processing', 'requires_capture'])
      .groupBy('paymentId')
      .having((eb) => eb.fn.countAll<number>(), '>', 1)
      .limit(mostNamed)
      .execute();
    return rows.map(({ paymentId }) => paymentId);
  },
};
