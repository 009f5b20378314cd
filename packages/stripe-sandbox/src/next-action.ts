import type Stripe from 'stripe';
import type { Account } from './context.ts';

/** Where the shopper passes or fails 3DS for an intent. */
export function challengeUrl(account: Account, intentId: string): string {
  return `${account.ctx.baseUrl}/challenge/${intentId}`;
}

/**
 * What the shopper has to do next: leave for the challenge page and come back to `returnUrl`, or, for
 * Stripe.js and Checkout, pass the challenge in a frame.
 */
export function buildNextAction(
  account: Account,
  intentId: string,
  returnUrl: string | null,
): Stripe.PaymentIntent.NextAction & Stripe.SetupIntent.NextAction {
  const url = challengeUrl(account, intentId);
  if (returnUrl !== null) {
    return { type: 'redirect_to_url', redirect_to_url: { return_url: returnUrl, url } };
  }
  return {
    type: 'use_stripe_sdk',
    use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: url },
  };
}
