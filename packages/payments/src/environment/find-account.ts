import Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import type { Runtime } from '../runtime.ts';
import { hashOfKey } from './hash-of-key.ts';

/** How long a process may wait for Stripe to say which account the key is of. */
const accountTimeoutMs = 5_000;

export type FoundAccount = { account: string } | { why: 'stripe_away' | 'key_may_not_ask' };

/**
 * The Stripe account of this process's key. The key that was verified last needs no question; a new one
 * is asked about, since a roll gives the same account another key. One that may not ask (a restricted
 * key) is believed what STRIPE_ACCOUNT_ID says.
 */
export async function findAccount(
  runtime: Runtime,
  known: Row<'environment'>,
): Promise<FoundAccount> {
  const { stripe } = runtime.settings;
  if (known.stripeAccountId && known.keyHash === hashOfKey(stripe.secretKey)) {
    return { account: known.stripeAccountId };
  }
  try {
    const { id } = await runtime.stripe.accounts.retrieveCurrent({}, { timeout: accountTimeoutMs });
    return { account: id };
  } catch (error) {
    const isForbidden = error instanceof Stripe.errors.StripePermissionError;
    if (!isForbidden) return { why: 'stripe_away' };
    return stripe.accountId ? { account: stripe.accountId } : { why: 'key_may_not_ask' };
  }
}
