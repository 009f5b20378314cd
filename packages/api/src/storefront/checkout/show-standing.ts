import { sayDeclined } from '@onfile/messages/shopper-decline-words.ts';
import type { OrderStanding } from '@onfile/payments/checkout/look-at-order.ts';

/** Where a payment stands, as its shopper is told: a bank's codes stay with staff. */
export function showStanding(standing: OrderStanding) {
  const { state, clientSecret, verify, tries, decline } = standing;
  return { state, clientSecret, verify, tries, why: decline && sayDeclined(decline) };
}
