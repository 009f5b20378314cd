import type Stripe from 'stripe';
import { settlePaymentSession } from '../../checkout/settle-payment-session.ts';
import { settleCheckoutSession } from '../../setup/settle-checkout-session.ts';
import type { Handler } from '../handlers.ts';

/** A Checkout Session moved on: asks Stripe for it with its intent, which an event never carries. */
export const handleCheckoutSession: Handler = async (runtime, event) => {
  const { client_reference_id: ours, id, mode } = event.data.object as Stripe.Checkout.Session;
  if (!ours?.startsWith('sess_')) return;
  const actor = { kind: 'stripe' as const };
  if (mode === 'payment') await settlePaymentSession(runtime, id, actor);
  else await settleCheckoutSession(runtime, id, actor);
};
