import { findRefund, updateRefund } from '@onfile/db/tables/refunds.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import { formatAmount } from '../money.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { getOwedRefund } from './get-owed-refund.ts';
import { holdPayment } from '../state/hold-payment.ts';

/**
 * Staff have given the amount of a failed refund back in another way (a transfer, cash) and say how:
 * nothing is owed for it any more.
 * @throws Refusal `not_found`, `note_missing`, `refund_not_owed`
 */
export async function settleOtherwise(
  runtime: Runtime,
  ask: { refundId: string; staffId: string; note: string },
): Promise<void> {
  const note = ask.note.trim();
  if (!note) throw new Refusal('note_missing', 'note');
  await inTransaction(runtime.db, async (tx) => {
    const { paymentId } = (await findRefund(tx, ask.refundId)) ?? {};
    const payment = paymentId && (await holdPayment(tx, paymentId));
    if (!payment) throw new Refusal('not_found', 'refundId');
    const refund = await getOwedRefund(tx, payment.id, ask.refundId);
    const now = runtime.clock.now();
    await updateRefund(tx, refund.id, {
      settledOtherwiseAt: now,
      settledOtherwiseNote: note,
      settledOtherwiseByStaffId: ask.staffId,
      updatedAt: now,
    });
    await audit(tx, runtime.clock, {
      actor: { kind: 'staff', id: ask.staffId },
      action: 'refund.settled_otherwise',
      subject: { kind: 'payment', id: payment.id },
      details: {
        refund: refund.id,
        amount: formatAmount(refund.amountMinor, refund.currency),
        note,
      },
    });
  });
}
