import type { Db, Instant, Row } from '../database.ts';
import { methodNameColumns } from './method-name.ts';
import type { MethodName } from './method-name.ts';

export interface NoticedPayment extends Row<'payments'>, MethodName {
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
    .select([...methodNameColumns, 'paymentMethods.expMonth', 'paymentMethods.expYear'])
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
