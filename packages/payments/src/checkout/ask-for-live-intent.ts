import type Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import { findLiveIntent } from '@onfile/db/tables/payment-intents.ts';
import { listOrderPayments } from '@onfile/db/tables/payments.ts';
import type { Runtime } from '../runtime.ts';
import { isTerminalIntent } from '../state/payment-status.ts';
import { settlePaymentIntent } from '../state/settle-payment-intent.ts';
import { isPassing } from '../stripe/classify-error.ts';
import { keepIntentMethod } from './keep-method.ts';

/**
 * Asks Stripe for a payment's live intent, where it may know more than we do, and settles what it
 * says: what a page calls for its shopper, who may be faster than the webhook.
 * @returns null when there is nothing to ask for, or Stripe cannot be asked now
 */
export async function askForLiveIntent(
  runtime: Runtime,
  payment: Row<'payments'>,
): Promise<Stripe.PaymentIntent | null> {
  const live = await findLiveIntent(runtime.db, payment.id);
  if (!live || !(await mayBeNews(runtime, payment, live))) return null;
  const actor = { kind: 'shopper' as const, id: payment.customerId };
  const asOf = runtime.clock.now();
  try {
    const intent = await runtime.stripe.paymentIntents.retrieve(live.stripePaymentIntentId, {
      expand: ['latest_charge'],
    });
    await settlePaymentIntent(runtime, { intent, asOf, actor });
    await keepIntentMethod(runtime, intent, actor);
    return intent;
  } catch (error) {
    // The webhook will tell; what is known so far is shown.
    if (isPassing(error)) return null;
    throw error;
  }
}

/** Whether Stripe may know more: an end that is known still may have a method to keep. */
async function mayBeNews(
  runtime: Runtime,
  payment: Row<'payments'>,
  live: Row<'paymentIntents'>,
): Promise<boolean> {
  if (!isTerminalIntent(live.status)) return true;
  if (live.status !== 'succeeded' || !payment.orderId) return false;
  const others = await listOrderPayments(runtime.db, payment.orderId);
  return others.some(({ status, paymentMethodId }) => status === 'scheduled' && !paymentMethodId);
}
