import Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import { findRefund, updateRefund } from '@onfile/db/tables/refunds.ts';
import { endOperation } from '@onfile/db/tables/stripe-operations.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import { formatAmount } from '../money.ts';
import type { Runtime } from '../runtime.ts';
import { refundMark, settleRefund } from '../state/settle-refund.ts';
import { classifyError } from '../stripe/classify-error.ts';
import { keyLives } from '../stripe/key-lifetime.ts';
import { performOperation } from '../stripe/stripe-operation.ts';

type Request = Stripe.RefundCreateParams;

/**
 * Makes the call of a refund and takes its answer to the door; also what the worker does after a
 * crash. Sent twice it refunds once: the key sees to it while it lives, and our own mark at Stripe
 * afterwards.
 * @throws Stripe's error when it refused, Refusal `stripe_unavailable`
 */
export async function finishRefund(
  runtime: Runtime,
  operation: Row<'stripeOperations'>,
): Promise<void> {
  const { clock } = runtime;
  const isResend = operation.sendCount > 0;
  // A resend may be answered with the first answer, stored then: it is as old as the call.
  const asOf = isResend ? operation.createdAt : clock.now();
  const refund = await performOperation(runtime, operation, (request: Request, options) =>
    createOrFind(runtime, operation, request, options),
  );
  await settleRefund(runtime, { refund, asOf, actor: { kind: 'stripe' } });
  await endOperation(runtime.db, operation.id, { status: 'done', now: clock.now() });
}

async function createOrFind(
  runtime: Runtime,
  operation: Row<'stripeOperations'>,
  request: Request,
  options: { idempotencyKey: string },
): Promise<Stripe.Refund> {
  if (!keyLives(operation.createdAt, runtime.clock.now())) {
    const made = await findAtStripe(runtime, request);
    if (made) return made;
  }
  try {
    return await runtime.stripe.refunds.create(request, options);
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    const failure = classifyError(error);
    // A refusal, or no answer, may be that of a resend: the first sending may have been done.
    const made = failure === 'not_done' ? null : await findAtStripe(runtime, request);
    if (made) return made;
    if (failure === 'refused') await writeRefused(runtime, operation, error);
    throw error;
  }
}

/** The refund that bears our mark, among those of its payment: listed, never searched. */
async function findAtStripe(runtime: Runtime, request: Request): Promise<Stripe.Refund | null> {
  const mark = (request.metadata as Record<string, string>)[refundMark];
  const list = runtime.stripe.refunds.list({
    payment_intent: request.payment_intent ?? '',
    limit: 100,
  });
  for await (const refund of list) {
    if (refund.metadata?.[refundMark] === mark) return refund;
  }
  return null;
}

/** Before the call itself is ended: whoever finds that one open gets the same answer again. */
function writeRefused(
  runtime: Runtime,
  operation: Row<'stripeOperations'>,
  error: Stripe.errors.StripeError,
): Promise<void> {
  return inTransaction(runtime.db, async (tx) => {
    const refund = await findRefund(tx, operation.subjectId);
    if (refund?.status !== 'open') return;
    const code = error.code ?? error.rawType ?? error.type;
    await updateRefund(tx, refund.id, {
      status: 'refused',
      failureReason: code,
      updatedAt: runtime.clock.now(),
    });
    await audit(tx, runtime.clock, {
      actor: { kind: 'stripe' },
      action: 'refund.refused',
      subject: { kind: 'payment', id: refund.paymentId },
      details: {
        refund: refund.id,
        amount: formatAmount(refund.amountMinor, refund.currency),
        code,
      },
    });
  });
}
