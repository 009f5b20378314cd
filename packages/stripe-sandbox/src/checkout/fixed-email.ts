import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { isAccountId, ownerIdOf } from '../owner.ts';

/**
 * The e-mail that the shopper cannot change: the one the session was opened with, or its customer's
 * (stripe.md 2.3). Null: the shopper types one.
 */
export function fixedEmail(account: Account, session: Stripe.Checkout.Session): string | null {
  if (session.customer_email !== null) return session.customer_email;
  const owner = ownerIdOf(session);
  if (owner === null) return null;
  const { store } = account.ctx;
  if (isAccountId(owner)) {
    return store.find(account.id, 'v2.core.account', owner)?.object.contact_email ?? null;
  }
  return store.find(account.id, 'customer', owner)?.object.email ?? null;
}
