import Stripe from 'stripe';
import { settlePaymentSession } from '../../checkout/settle-payment-session.ts';
import { findOurSession } from '../../setup/find-our-session.ts';
import { settleCheckoutSession } from '../../setup/settle-checkout-session.ts';
import { settleExpiredSession } from '../../setup/settle-expired-session.ts';
import type { Handler } from '../handlers.ts';

/**
 * A Checkout Session moved on. That it has expired is final; for anything else Stripe is asked, with the
 * intent, which an event never carries.
 */
export const handleCheckoutSession: Handler = async (runtime, event, asking) => {
  const session = event.data.object as Stripe.Checkout.Session;
  const { client_reference_id: ours, id, mode } = session;
  if (!ours?.startsWith('sess_')) return;
  if (event.api_version === Stripe.API_VERSION && session.status === 'expired') {
    const row = await findOurSession(runtime.db, session);
    if (row) await settleExpiredSession(runtime, row.id);
    return;
  }
  const actor = { kind: 'stripe' as const };
  await asking.once(`session ${id}`, async () => {
    if (mode === 'payment') await settlePaymentSession(runtime, id, actor);
    else await settleCheckoutSession(runtime, id, actor);
  });
};
