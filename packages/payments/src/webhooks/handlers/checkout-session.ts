import { settleCheckoutSession } from '../../setup/settle-checkout-session.ts';
import type { Handler } from '../handlers.ts';

/** A Checkout Session ended: asks Stripe for it with its SetupIntent, which an event never carries. */
export const handleCheckoutSession: Handler = async (runtime, event) => {
  if (event.type !== 'checkout.session.completed' && event.type !== 'checkout.session.expired') {
    return;
  }
  const { client_reference_id: ours, id } = event.data.object;
  if (!ours?.startsWith('sess_')) return;
  await settleCheckoutSession(runtime, id, { kind: 'stripe' });
};
