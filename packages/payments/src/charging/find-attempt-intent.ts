import type Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import { findCustomer } from '@onfile/db/tables/customers.ts';
import { findLiveIntent } from '@onfile/db/tables/payment-intents.ts';
import { findPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { findPayment } from '@onfile/db/tables/payments.ts';
import { methodOwner } from '../customers/method-owner.ts';
import type { Runtime } from '../runtime.ts';
import type { AttemptRequest } from './attempt-request.ts';

/** How long before the attempt began its intent may have been made, by clocks that differ. */
const clockToleranceSeconds = 300;

/**
 * The intent that an attempt made or confirmed, as Stripe has it now: by its id when we have it,
 * else by our own mark among the customer's intents. Those are listed, never searched: Stripe's
 * search may be minutes behind.
 * @throws Stripe's error when Stripe cannot be asked
 */
export async function findAttemptIntent(
  runtime: Runtime,
  attempt: Row<'attempts'>,
): Promise<Stripe.PaymentIntent | undefined> {
  const live = await findLiveIntent(runtime.db, attempt.paymentId);
  const request = JSON.parse(attempt.request) as AttemptRequest;
  const known =
    live?.stripePaymentIntentId ?? (request.call === 'confirm' ? request.intentId : null);
  if (known) return runtime.stripe.paymentIntents.retrieve(known, { expand: ['latest_charge'] });
  const payment = await findPayment(runtime.db, attempt.paymentId);
  const customer = payment && (await findCustomer(runtime.db, payment.customerId));
  const method = await findPaymentMethod(runtime.db, attempt.paymentMethodId);
  const owner = customer && method && methodOwner(method, customer);
  if (!owner) throw new Error(`attempt ${attempt.id} has no customer at Stripe`);
  const list = runtime.stripe.paymentIntents.list({
    ...owner,
    created: { gte: Math.floor(attempt.startedAt / 1000) - clockToleranceSeconds },
    limit: 100,
  });
  for await (const intent of list) {
    if (intent.metadata['onfile_payment'] === attempt.paymentId) return intent;
  }
  return undefined;
}
