import type Stripe from 'stripe';
import type { Account } from '../context.ts';

export type ChallengeOutcome = 'complete' | 'fail';
export type ChallengeEnd = {
  /** Where the shopper goes next; null when the page only tells its opener. */
  returnUrl: string | null;
  session: Stripe.Checkout.Session | null;
  /** The intent's status afterwards. */
  status: string;
};
export declare function endChallenge(
  account: Account,
  intentId: string,
  outcome: ChallengeOutcome,
): ChallengeEnd;
