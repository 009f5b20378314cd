import type Stripe from 'stripe';
import type { Instant } from '@onfile/db/database.ts';

/**
 * Until when held funds can be captured: what the charge says, and nothing else, since it depends on the
 * network and on who was there (Stripe, place a hold). Null where the charge did not come with the
 * intent (`expand: ['latest_charge']`), or nothing is held.
 */
export function captureBeforeOf(intent: Stripe.PaymentIntent): Instant | null {
  const charge = typeof intent.latest_charge === 'string' ? null : intent.latest_charge;
  if (intent.status !== 'requires_capture' || !charge) return null;
  const seconds = charge.payment_method_details?.card?.capture_before;
  return seconds === undefined ? null : seconds * 1000;
}
