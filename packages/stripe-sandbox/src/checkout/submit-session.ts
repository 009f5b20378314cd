import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import type { StripeErrorBody } from '../errors.ts';

/** What a card form holds. It lives for one call and is never written anywhere. */
export type CardEntry = { number: string; exp_month: number; exp_year: number; cvc: string };

/** What a checkout page sends when the shopper presses the button. */
export type CheckoutSubmission = {
  paymentMethod:
    | { kind: 'card'; card: CardEntry; name?: string; email?: string; postalCode?: string }
    | { kind: 'saved'; id: string };
  savePaymentMethod?: boolean;
};

/** What came of a submission. `failed` leaves the session open. */
export type SubmissionResult =
  | { status: 'complete'; session: Stripe.Checkout.Session }
  | { status: 'requires_action'; intentId: string; challengeUrl: string }
  | { status: 'failed'; error: StripeErrorBody };

export declare function submitCheckoutSession(
  account: Account,
  sessionId: string,
  submission: CheckoutSubmission,
): SubmissionResult;
