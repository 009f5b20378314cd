import type { Row } from '@onfile/db/database.ts';
import type { Runtime } from '../runtime.ts';
import { ensureStripeOwner } from './ensure-stripe-owner.ts';
import type { StripeOwner } from './stripe-owner.ts';
import { stripeOwner } from './stripe-owner.ts';

/**
 * The customer to name when a page is opened: null for a guest who is none at Stripe yet, since
 * Customers can be made afterwards. Accounts v2 must be made before.
 * @throws Refusal `stripe_unavailable`
 */
export async function ownerBeforehand(
  runtime: Runtime,
  customer: Row<'customers'>,
): Promise<StripeOwner | null> {
  const isGuest = customer.authUserId === null && stripeOwner(customer) === null;
  if (isGuest && runtime.settings.customers.model === 'customers') return null;
  return ensureStripeOwner(runtime, customer);
}
