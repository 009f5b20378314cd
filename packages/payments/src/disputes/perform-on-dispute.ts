import Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import { endOperation } from '@onfile/db/tables/stripe-operations.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { settleDispute } from '../state/settle-dispute.ts';
import { performOperation } from '../stripe/stripe-operation.ts';

/** What every call about a dispute is stored with. */
export interface DisputeRequest {
  stripeDisputeId: string;
}

/**
 * Makes a call about a dispute and takes Stripe's word of it, asked anew, to the door. Of a resend
 * that is refused because the first sending was done, that word says so.
 * @param call.isDone whether the dispute shows that the call has been done
 * @throws Refusal `dispute_refused` with Stripe's code, `stripe_unavailable`
 */
export async function performOnDispute<Request extends DisputeRequest>(
  runtime: Runtime,
  operation: Row<'stripeOperations'>,
  call: {
    send: (request: Request, options: { idempotencyKey: string }) => Promise<unknown>;
    isDone: (dispute: Stripe.Dispute) => boolean;
  },
): Promise<void> {
  try {
    await performOperation<Request, unknown>(runtime, operation, async (request, options) => {
      try {
        return await call.send(request, options);
      } catch (error) {
        if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
        const now = await runtime.stripe.disputes.retrieve(request.stripeDisputeId);
        if (call.isDone(now)) return now;
        throw error;
      }
    });
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    throw new Refusal('dispute_refused', null, { code: error.code ?? error.type });
  }
  const { stripeDisputeId } = JSON.parse(operation.request) as Request;
  const asOf = runtime.clock.now();
  const dispute = await runtime.stripe.disputes.retrieve(stripeDisputeId);
  await settleDispute(runtime, { dispute, asOf, actor: { kind: 'stripe' } });
  await endOperation(runtime.db, operation.id, { status: 'done', now: runtime.clock.now() });
}
