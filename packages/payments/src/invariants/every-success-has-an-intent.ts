import type { Invariant } from './invariant.ts';
import { idsOf, mostNamed } from './invariant.ts';

/** Money that was taken or held was taken by an intent of Stripe's that says so. */
export const everySuccessHasAnIntent: Invariant = {
  name: 'every_success_has_an_intent',
  findBroken: async (db) =>
    idsOf(
      await db
        .selectFrom('payments')
        .select('id')
        .where('status', 'in', ['succeeded', 'processing', 'requires_capture'])
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('paymentIntents')
                .select('paymentIntents.id')
                .whereRef('paymentIntents.paymentId', '=', 'payments.id')
                .whereRef('paymentIntents.status', '=', 'payments.status'),
            ),
          ),
        )
        .limit(mostNamed)
        .execute(),
    ),
};
