import type Stripe from 'stripe';
import type { Instant } from '@onfile/db/database.ts';

/** Where an account's owner says which small deposits they see on their statement, and from when. */
export interface DepositsToConfirm {
  /** Stripe's page: for the owner alone, and never stored. */
  url: string;
  arrivesAt: Instant;
}

/** The deposits by which a bank account proves itself; null when the intent waits for something else. */
export function depositsToConfirm(
  intent: Pick<Stripe.SetupIntent | Stripe.PaymentIntent, 'next_action'>,
): DepositsToConfirm | null {
  const step = intent.next_action?.verify_with_microdeposits;
  if (!step) return null;
  return { url: step.hosted_verification_url, arrivesAt: step.arrival_date * 1000 };
}
