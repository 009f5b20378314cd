import Stripe from 'stripe';
import { keepIntentMethod } from '../../checkout/keep-method.ts';
import { isTerminalIntent } from '../../state/payment-status.ts';
import { isOurIntent, settlePaymentIntent } from '../../state/settle-payment-intent.ts';
import type { Handler } from '../handlers.ts';

/**
 * A PaymentIntent changed. A final snapshot, written in our API version, is used as it is;
 * anything else may be out of date by now, so Stripe is asked.
 */
export const handlePaymentIntent: Handler = async (runtime, event) => {
  const snapshot = event.data.object as Stripe.PaymentIntent;
  if (!(await isOurIntent(runtime.db, snapshot))) return;
  const isOurVersion = event.api_version === Stripe.API_VERSION;
  const asOf = runtime.clock.now();
  const intent =
    isOurVersion && isTerminalIntent(snapshot.status)
      ? snapshot
      : await runtime.stripe.paymentIntents.retrieve(snapshot.id, { expand: ['latest_charge'] });
  const actor = { kind: 'stripe' as const };
  await settlePaymentIntent(runtime, { intent, asOf, actor });
  await keepIntentMethod(runtime, intent, actor);
};
