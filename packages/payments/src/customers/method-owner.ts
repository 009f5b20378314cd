import type { Row } from '@onfile/db/database.ts';
import { stripeOwner } from './stripe-owner.ts';
import type { StripeOwner } from './stripe-owner.ts';

/**
 * The customer at Stripe to whom a method is attached, which any call that uses the method must name:
 * a method that came with a guest's records may be another's there than its customer's own.
 */
export function methodOwner(
  method: Pick<Row<'paymentMethods'>, 'stripeOwnerId'>,
  customer: Pick<Row<'customers'>, 'stripeCustomerId' | 'stripeAccountId'>,
): StripeOwner | null {
  const id = method.stripeOwnerId;
  if (id === null) return stripeOwner(customer);
  return id.startsWith('acct_') ? { customer_account: id } : { customer: id };
}
