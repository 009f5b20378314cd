import type Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import { findCustomer, setStripeCustomer } from '@onfile/db/tables/customers.ts';
import { endOperation } from '@onfile/db/tables/stripe-operations.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import type { Runtime } from '../runtime.ts';
import { beginOperation, performOperation } from '../stripe/stripe-operation.ts';

/**
 * The customer's Stripe id, made at Stripe when there is none. The idempotency key is our
 * customer's id, so two requests at once get one Stripe customer.
 * @throws Refusal `stripe_unavailable`
 */
export async function ensureStripeCustomer(
  runtime: Runtime,
  customer: Row<'customers'>,
): Promise<string> {
  if (customer.stripeCustomerId) return customer.stripeCustomerId;
  const request: Stripe.CustomerCreateParams = {
    email: customer.email,
    ...(customer.name && { name: customer.name }),
    metadata: { onfile_customer: customer.id },
  };
  const operation = await beginOperation(runtime.db, runtime.clock, {
    kind: 'create_customer',
    subjectId: customer.id,
    request,
  });
  return finishCreateCustomer(runtime, operation);
}

/** Makes the call and writes its answer; also what the worker does after a crash. */
export async function finishCreateCustomer(
  runtime: Runtime,
  operation: Row<'stripeOperations'>,
): Promise<string> {
  const customer = await findCustomer(runtime.db, operation.subjectId);
  const made =
    customer?.stripeCustomerId ??
    (
      await performOperation(runtime, operation, (request: Stripe.CustomerCreateParams, options) =>
        runtime.stripe.customers.create(request, options),
      )
    ).id;
  const now = runtime.clock.now();
  await inTransaction(runtime.db, async (tx) => {
    await setStripeCustomer(tx, operation.subjectId, made, now);
    await endOperation(tx, operation.id, { status: 'done', now });
  });
  return made;
}
