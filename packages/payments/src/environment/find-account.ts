import Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import type { Runtime } from '../runtime.ts';
import { hashOfKey } from './hash-of-key.ts';

/** How long a process may wait for Stripe to say which account the key is of. */
const accountTimeoutMs = 5_000;

/** `isNew`: the key was not the one that the database remembers. */
export type FoundAccount =
  { account: string; isNew: boolean } | { why: 'stripe_away' | 'key_may_not_ask' };

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
    runtime.guard.account = known.stripeAccountId;
  }
  const { account } = runtime.guard;
  if (account) return { account, isNew: false };
  try {
    const { id } = await runtime.stripe.accounts.retrieveCurrent({}, { timeout: accountTimeoutMs });
    return found(runtime, id);
  } catch (error) {
    const isForbidden = error instanceof Stripe.errors.StripePermissionError;
    if (!isForbidden) return { why: 'stripe_away' };
    return stripe.accountId ? found(runtime, stripe.accountId) : { why: 'key_may_not_ask' };
  }
}

function found(runtime: Runtime, account: string): FoundAccount {
  runtime.guard.account = account;
  return { account, isNew: true };
}
