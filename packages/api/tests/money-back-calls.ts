import { insertRefund } from '@onfile/db/tables/refunds.ts';
import { disputedPayment } from '@onfile/dev-env/disputed-payment.ts';
import { payWith, staffRefund } from '@onfile/dev-env/pay-and-refund.ts';
import { newId } from '@onfile/payments/ids.ts';
import { refundPayment } from '@onfile/payments/refunds/refund-payment.ts';
import type { World } from './every-call.ts';

type Call = (as: ReturnType<World['staff']>) => Promise<unknown>;

/** A refund of ada's that came back from the bank. */
async function failedRefund(w: World): Promise<string> {
  const now = w.test.clock.now();
  const id = newId('refund');
  await insertRefund(w.test.runtime.db, {
    id,
    paymentId: w.paymentId,
    stripeRefundId: `re_${id}`,
    amountMinor: 10,
    currency: 'usd',
    reason: 'requested_by_customer',
    note: 'Too late',
    status: 'failed',
    asOf: now,
    createdAt: now,
    updatedAt: now,
  });
  return id;
}

/** A refund that has not gone out yet. */
async function pendingRefund(w: World): Promise<string> {
  const name = `pia-${newId('refund')}`;
  const { payment } = await payWith(w.test, '4000000000007726', { name });
  return (await refundPayment(w.test.runtime, staffRefund(payment.id))).id;
}

async function newDispute(w: World): Promise<string> {
  return (await disputedPayment(w.test, `dora-${newId('dispute')}`)).disputeId;
}

/** Every procedure of the admin that is about refunds. */
export function refundCalls(w: World): Record<string, Call> {
  const refundRequestId = () => newId('refundRequest');
  return {
    'refunds.list': (as) => as.refunds.list({ paymentId: w.paymentId }),
    'refunds.listOwed': (as) => as.refunds.listOwed(),
    'refunds.create': (as) =>
      as.refunds.create({
        refundRequestId: refundRequestId(),
        paymentId: w.paymentId,
        amount: '0.10',
        reason: 'duplicate',
        note: 'Charged twice',
      }),
    'refunds.again': async (as) =>
      as.refunds.again({
        refundRequestId: refundRequestId(),
        refundId: await failedRefund(w),
      }),
    'refunds.cancel': async (as) => as.refunds.cancel({ refundId: await pendingRefund(w) }),
    'refunds.settleOtherwise': async (as) =>
      as.refunds.settleOtherwise({ refundId: await failedRefund(w), note: 'In cash' }),
  };
}

/** Every procedure of the admin that is about disputes. */
export function disputeCalls(w: World): Record<string, Call> {
  const fresh = async () => {
    const disputeId = await newDispute(w);
    const { savedAt } = await w.staff('owner').disputes.get({ disputeId });
    return { disputeId, seenSavedAt: savedAt };
  };
  return {
    'disputes.list': (as) => as.disputes.list(),
    'disputes.get': async (as) => as.disputes.get({ disputeId: await newDispute(w) }),
    'disputes.saveEvidence': async (as) =>
      as.disputes.saveEvidence({ ...(await fresh()), texts: { customer_name: 'Dora' } }),
    'disputes.addFile': async (as) =>
      as.disputes.addFile({
        disputeId: await newDispute(w),
        field: 'uncategorized_file',
        filename: 'letter.pdf',
        content: Buffer.from('%PDF-1.4').toString('base64'),
      }),
    'disputes.submit': async (as) => as.disputes.submit(await fresh()),
    'disputes.accept': async (as) => as.disputes.accept({ disputeId: await newDispute(w) }),
    'disputes.unfreezeMethod': async (as) =>
      as.disputes.unfreezeMethod({ disputeId: await newDispute(w) }),
  };
}
