import type Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import { endOperation } from '@onfile/db/tables/stripe-operations.ts';
import { orAsItIs } from '../checkout/or-as-it-is.ts';
import type { Runtime } from '../runtime.ts';
import { settlePaymentIntent } from '../state/settle-payment-intent.ts';
import { performOperation } from '../stripe/stripe-operation.ts';

/** The request of a capture or a release, as it is stored before it is made. */
export interface EndHoldRequest {
  stripePaymentIntentId: string;
  /** Of a capture: a part, in the currency's minor unit; without it all. The rest is let go. */
  amountToCaptureMinor?: number;
}

/** Makes the call and takes its answer to the door; also what the worker does after a crash. */
export async function finishEndHold(
  runtime: Runtime,
  operation: Row<'stripeOperations'>,
): Promise<void> {
  const asOf = runtime.clock.now();
  const intent = await callStripe(runtime, operation);
  await settlePaymentIntent(runtime, { intent, asOf, actor: { kind: 'stripe' } });
  await endOperation(runtime.db, operation.id, { status: 'done', now: runtime.clock.now() });
}

function callStripe(
  runtime: Runtime,
  operation: Row<'stripeOperations'>,
): Promise<Stripe.PaymentIntent> {
  const { paymentIntents } = runtime.stripe;
  return performOperation(runtime, operation, (request: EndHoldRequest, options) => {
    const { stripePaymentIntentId: id, amountToCaptureMinor } = request;
    const part =
      amountToCaptureMinor === undefined ? {} : { amount_to_capture: amountToCaptureMinor };
    const call =
      operation.kind === 'capture_intent'
        ? paymentIntents.capture(id, part, options)
        : paymentIntents.cancel(id, { cancellation_reason: 'requested_by_customer' }, options);
    return orAsItIs(runtime, id, call);
  });
}
