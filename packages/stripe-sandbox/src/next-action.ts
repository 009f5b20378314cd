import type Stripe from 'stripe';
import type { Account } from './context.ts';
import { missing } from './params.ts';

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

/** Leave for the page of the bank or the wallet, and come back to `returnUrl`: 400 without one. */
export function buildRedirectAction(
  account: Account,
  intentId: string,
  returnUrl: string | null,
): Stripe.PaymentIntent.NextAction & Stripe.SetupIntent.NextAction {
  if (returnUrl === null) throw missing('return_url');
  return {
    type: 'redirect_to_url',
    redirect_to_url: { return_url: returnUrl, url: `${account.ctx.baseUrl}/redirect/${intentId}` },
  };
}

const DEPOSIT_DAYS = 2;

/**
 * Wait for two small deposits, and say how much they were or which code came with them. The fragment of
 * the page's address is the intent's client secret: whoever has the address is its owner.
 */
export function buildMicrodepositAction(
  account: Account,
  intent: { id: string; client_secret: string | null },
): Stripe.PaymentIntent.NextAction & Stripe.SetupIntent.NextAction {
  return {
    type: 'verify_with_microdeposits',
    verify_with_microdeposits: {
      arrival_date: account.ctx.clock.seconds() + DEPOSIT_DAYS * 24 * 60 * 60,
      hosted_verification_url: `${account.ctx.baseUrl}/microdeposits/${intent.id}#${intent.client_secret ?? ''}`,
      microdeposit_type: 'descriptor_code',
    },
  };
}
