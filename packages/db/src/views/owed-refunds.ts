import type { Db, Row } from '../database.ts';
import { customerEmail } from './shown-address.ts';

export interface OwedRefund extends Row<'refunds'> {
  customerEmail: string | null;
  /** What the payment was for. */
  paymentReason: string;
}

/**
 * Refunds that came back and whose amount the shop still owes: nobody has given it back in another
 * way, and no other refund has taken its place. Oldest first.
 */
export function listOwedRefunds(db: Db, page: { limit: number }): Promise<OwedRefund[]> {
  return db
    .selectFrom('refunds')
    .innerJoin('payments', 'payments.id', 'refunds.paymentId')
    .innerJoin('customers', 'customers.id', 'payments.customerId')
    .selectAll('refunds')
    .select([customerEmail, 'payments.reason as paymentReason'])
    .where('refunds.status', '=', 'failed')
    .where('refunds.settledOtherwiseAt', 'is', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('refunds as later')
            .select('later.id')
            .whereRef('later.replacesRefundId', '=', 'refunds.id')
            .where('later.status', 'not in', ['refused', 'canceled']),
        ),
      ),
    )
    .orderBy('refunds.createdAt')
    .orderBy('refunds.id')
    .limit(page.limit)
    .execute();
}
