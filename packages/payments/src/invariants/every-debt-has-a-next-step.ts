import type { Invariant } from './invariant.ts';
import { idsOf, mostNamed } from './invariant.ts';

/** What is owed waits for somebody, or an attempt at it is open: nothing is dropped in silence. */
export const everyDebtHasANextStep: Invariant = {
  name: 'every_debt_has_a_next_step',
  findBroken: async (db) =>
    idsOf(
      await db
        .selectFrom('payments')
        .select('id')
        .where('status', 'in', ['scheduled', 'requires_payment_method', 'requires_action'])
        .where('nextStep', 'is', null)
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('attempts')
                .select('attempts.id')
                .whereRef('attempts.paymentId', '=', 'payments.id')
                .where('attempts.status', '=', 'open'),
            ),
          ),
        )
        .limit(mostNamed)
        .execute(),
    ),
};
