import type { Row, Tx } from '@onfile/db/database.ts';
import { listRefunds } from '@onfile/db/tables/refunds.ts';
import { Refusal } from '../refusal.ts';
import { isOwed } from './is-owed.ts';

/**
 * A failed refund whose amount is still owed to the shopper; the caller holds the payment's row.
 * @throws Refusal `not_found`, `refund_not_owed`
 */
export async function getOwedRefund(
  tx: Tx,
  paymentId: string,
  refundId: string,
): Promise<Row<'refunds'>> {
  const all = await listRefunds(tx, [paymentId]);
  const refund = all.find(({ id }) => id === refundId);
  if (!refund) throw new Refusal('not_found', 'refundId');
  if (!isOwed(refund, all)) throw new Refusal('refund_not_owed');
  return refund;
}
