import type Stripe from 'stripe';
import { clearStripeOwner, findCustomerByStripeOwner } from '@onfile/db/tables/customers.ts';
import { listMethodsOfOwner } from '@onfile/db/tables/payment-methods.ts';
import { settleDetached } from '../../payment-methods/settle-detached.ts';
import type { Handler } from '../handlers.ts';

/**
 * A customer was deleted at Stripe, which is final: nothing that was saved there can be charged again.
 * The person stays, and becomes a new customer at Stripe with the next method that they save.
 */
export const handleCustomerDeleted: Handler = async (runtime, event) => {
  const { id } = event.data.object as Stripe.Customer;
  const customer = await findCustomerByStripeOwner(runtime.db, id);
  if (!customer) return;
  for (const method of await listMethodsOfOwner(runtime.db, { customerId: customer.id, id })) {
    await settleDetached(runtime, method, event.id);
  }
  // Last, so that a crash before it begins anew: the methods are found by this owner.
  await clearStripeOwner(runtime.db, { stripeCustomerId: id, now: runtime.clock.now() });
};
