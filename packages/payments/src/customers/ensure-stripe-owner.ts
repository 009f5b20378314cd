import type Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import { findCustomer, setStripeOwner } from '@onfile/db/tables/customers.ts';
import { endOperation } from '@onfile/db/tables/stripe-operations.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import type { Runtime } from '../runtime.ts';
import { beginOperation, performOperation } from '../stripe/stripe-operation.ts';
import { stripeOwner } from './stripe-owner.ts';
import type { StripeOwner } from './stripe-owner.ts';

/**
 * The customer at Stripe, made there when there is none: a Customer, or an Accounts v2 account where
 * the shop is set to that. The idempotency key is our customer's id, so two requests at once make
 * one.
 * @throws Refusal `stripe_unavailable`
 */
export async function ensureStripeOwner(
  runtime: Runtime,
  customer: Row<'customers'>,
): Promise<StripeOwner> {
  const known = stripeOwner(customer);
  if (known) return known;
  const isAccount = runtime.settings.customers.model === 'accounts_v2';
  const operation = await beginOperation(runtime.db, runtime.clock, {
    kind: isAccount ? 'create_account' : 'create_customer',
    subjectId: customer.id,
    request: isAccount ? accountRequest(customer) : customerRequest(customer),
    // Made before and not there: it was deleted at Stripe, and this is another.
    afterDone: true,
  });
  const made = isAccount
    ? await finishCreateAccount(runtime, operation)
    : await finishCreateCustomer(runtime, operation);
  return made;
}

function customerRequest(customer: Row<'customers'>): Stripe.CustomerCreateParams {
  return {
    email: customer.email,
    ...(customer.name && { name: customer.name }),
    metadata: { onfile_customer: customer.id },
  };
}

function accountRequest(customer: Row<'customers'>): Stripe.V2.Core.AccountCreateParams {
  return {
    contact_email: customer.email,
    ...(customer.name && { display_name: customer.name }),
    configuration: { customer: {} },
    metadata: { onfile_customer: customer.id },
    include: ['configuration.customer'],
  };
}

/** Makes the call and writes its answer; also what the worker does after a crash. */
export function finishCreateCustomer(
  runtime: Runtime,
  operation: Row<'stripeOperations'>,
): Promise<StripeOwner> {
  return finishOwner(runtime, operation, async () => {
    const made = await performOperation(
      runtime,
      operation,
      (request: Stripe.CustomerCreateParams, options) =>
        runtime.stripe.customers.create(request, options),
    );
    return { customer: made.id };
  });
}

/** The same for an account; the v2 calls are made with the version that the shop's access is for. */
export function finishCreateAccount(
  runtime: Runtime,
  operation: Row<'stripeOperations'>,
): Promise<StripeOwner> {
  const { accountsVersion } = runtime.settings.customers;
  return finishOwner(runtime, operation, async () => {
    const made = await performOperation(
      runtime,
      operation,
      (request: Stripe.V2.Core.AccountCreateParams, options) =>
        runtime.stripe.v2.core.accounts.create(request, {
          ...options,
          ...(accountsVersion && { apiVersion: accountsVersion }),
        }),
    );
    return { customer_account: made.id };
  });
}

async function finishOwner(
  runtime: Runtime,
  operation: Row<'stripeOperations'>,
  make: () => Promise<StripeOwner>,
): Promise<StripeOwner> {
  const customer = await findCustomer(runtime.db, operation.subjectId);
  const owner = (customer && stripeOwner(customer)) ?? (await make());
  const now = runtime.clock.now();
  await inTransaction(runtime.db, async (tx) => {
    await setStripeOwner(tx, operation.subjectId, {
      stripeCustomerId: 'customer' in owner ? owner.customer : null,
      stripeAccountId: 'customer' in owner ? null : owner.customer_account,
      updatedAt: now,
    });
    await endOperation(tx, operation.id, { status: 'done', now });
  });
  return owner;
}
