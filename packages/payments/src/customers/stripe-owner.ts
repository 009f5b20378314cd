import type { Row } from '@onfile/db/database.ts';

/** How Stripe's calls name the customer: the two are exclusive (Stripe's v1 and v2 of customers). */
export type StripeOwner = { customer: string } | { customer_account: string };

/**
 * The customer at Stripe; null before there is one. A customer stays in the model in which it was
 * made, whatever the setting says today: its methods are attached there.
 */
export function stripeOwner(
  customer: Pick<Row<'customers'>, 'stripeCustomerId' | 'stripeAccountId'>,
): StripeOwner | null {
  if (customer.stripeCustomerId) return { customer: customer.stripeCustomerId };
  if (customer.stripeAccountId) return { customer_account: customer.stripeAccountId };
  return null;
}
