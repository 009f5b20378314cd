import type { Db, Instant, Row } from '../database.ts';

export interface NoticedPayment extends Row<'payments'> {
  type: string | null;
  brand: string | null;
  last4: string | null;
  bankName: string | null;
  wallet: string | null;
  expMonth: number | null;
  expYear: number | null;
}

/**
 * What a customer should know of: amounts that wait for them, are held, or are charged by themselves
 * until an instant; those that come first, first.
 */
export function listNoticed(
  db: Db,
  which: { customerId: string; until: Instant; limit: number },
): Promise<NoticedPayment[]> {
  return db
    .selectFrom('payments')
    .leftJoin('paymentMethods', 'paymentMethods.id', 'payments.paymentMethodId')
    .selectAll('payments')
    .select([
      'paymentMethods.type',
      'paymentMethods.brand',
      'paymentMethods.last4',
      'paymentMethods.bankName',
      'paymentMethods.wallet',
      'paymentMethods.expMonth',
      'paymentMethods.expYear',
    ])
    .where('payments.customerId', '=', which.customerId)
    .where('payments.agreementId', 'is not', null)
    .where((eb) =>
      eb.or([
        eb('payments.nextStep', '=', 'shopper'),
        eb('payments.status', '=', 'requires_capture'),
        // What staff have written off is not asked for any more.
        eb('payments.status', '=', 'uncollectible').and(
          eb('payments.nextStepReason', '!=', 'written_off'),
        ),
        eb('payments.nextStep', '=', 'charge').and('payments.chargeAt', '<=', which.until),
      ]),
    )
    .orderBy('payments.dueAt')
    .orderBy('payments.id')
    .limit(which.limit)
    .execute();
}
