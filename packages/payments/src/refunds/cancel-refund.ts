import Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import { findRefund } from '@onfile/db/tables/refunds.ts';
import { endOperation } from '@onfile/db/tables/stripe-operations.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import { formatAmount } from '../money.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { settleRefund } from '../state/settle-refund.ts';
import { beginOperation, performOperation } from '../stripe/stripe-operation.ts';
import { holdPayment } from '../state/hold-payment.ts';

/** Whether a refund has not gone out, so that Stripe may still call it back. */
export function mayBeCanceled({ status }: Pick<Row<'refunds'>, 'status'>): boolean {
  return status === 'pending' || status === 'requires_action';
}

/**
 * Staff call a refund back that has not gone out. The call is written down first.
 * @throws Refusal `not_found`, `refund_not_cancelable` (also when Stripe says so),
 *   `stripe_unavailable`: then the worker goes on
 */
export async function cancelRefund(
  runtime: Runtime,
  ask: { refundId: string; staffId: string },
): Promise<void> {
  const operation = await inTransaction(runtime.db, async (tx) => {
    const found = await findRefund(tx, ask.refundId);
    if (!found) throw new Refusal('not_found', 'refundId');
    await holdPayment(tx, found.paymentId);
    const refund = (await findRefund(tx, ask.refundId)) ?? found;
    if (!mayBeCanceled(refund)) throw new Refusal('refund_not_cancelable');
    await audit(tx, runtime.clock, {
      actor: { kind: 'staff', id: ask.staffId },
      action: 'refund.cancel_requested',
      subject: { kind: 'payment', id: refund.paymentId },
      details: { refund: refund.id, amount: formatAmount(refund.amountMinor, refund.currency) },
    });
    return beginOperation(tx, runtime.clock, {
      kind: 'cancel_refund',
      subjectId: refund.id,
      request: { stripeRefundId: refund.stripeRefundId },
      afterDone: true,
    });
  });
  await finishCancelRefund(runtime, operation);
  const { status } = (await findRefund(runtime.db, ask.refundId)) ?? {};
  if (status !== 'canceled') throw new Refusal('refund_not_cancelable');
}

/** Makes the call and takes the answer to the door; also what the worker does after a crash. */
export async function finishCancelRefund(
  runtime: Runtime,
  operation: Row<'stripeOperations'>,
): Promise<void> {
  const { refunds } = runtime.stripe;
  const refund = await performOperation(
    runtime,
    operation,
    async ({ stripeRefundId: id }: { stripeRefundId: string }, options) => {
      try {
        await refunds.cancel(id, {}, options);
      } catch (error) {
        // It has gone out meanwhile, or was called back by an earlier sending: it is as it is.
        if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
      }
      return refunds.retrieve(id);
    },
  );
  const now = runtime.clock.now();
  await settleRefund(runtime, { refund, asOf: now, actor: { kind: 'stripe' } });
  await endOperation(runtime.db, operation.id, { status: 'done', now });
}
