import Stripe from 'stripe';
import type { Row, Tx } from '@onfile/db/database.ts';
import { lockCustomer } from '@onfile/db/tables/customers.ts';
import { findPaymentMethod, setPaymentMethodFacts } from '@onfile/db/tables/payment-methods.ts';
import { endOperation } from '@onfile/db/tables/stripe-operations.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { beginOperation, performOperation } from '../stripe/stripe-operation.ts';
import { isStillGood } from './expiry-state.ts';
import { paymentMethodFacts } from './payment-method-facts.ts';

/** Where the bank's bills go. An empty text takes a detail away. */
export interface BillingAddress {
  name: string;
  line1: string;
  line2: string;
  city: string;
  state: string;
  postalCode: string;
  /** ISO 3166-1 alpha-2, or empty. */
  country: string;
}

interface UpdateRequest {
  stripePaymentMethodId: string;
  params: Stripe.PaymentMethodUpdateParams;
}

/**
 * A shopper corrects what is on file of a method: a card's expiry, the billing address. Stripe is
 * told, by the worker if need be (`saving` until it has confirmed), and our copy follows its answer.
 * @throws Refusal `not_found` (also for somebody else's), `expiry_malformed`, `stripe_unavailable`
 *   while an earlier change is not confirmed yet, `stripe_refused`
 */
export async function updatePaymentMethod(
  runtime: Runtime,
  change: {
    customerId: string;
    paymentMethodId: string;
    /** Null: not a card, or left as it is. */
    expiry: { month: number; year: number } | null;
    billing: BillingAddress;
  },
): Promise<'saved' | 'saving'> {
  const operation = await inTransaction(runtime.db, (tx) => writeChange(tx, runtime, change));
  try {
    await finishUpdate(runtime, operation);
    return 'saved';
  } catch (error) {
    if (error instanceof Refusal && error.code === 'stripe_unavailable') return 'saving';
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    if (error.code === 'invalid_expiry_month' || error.code === 'invalid_expiry_year') {
      throw new Refusal('expiry_malformed', 'expiry');
    }
    throw new Refusal('stripe_refused');
  }
}

async function writeChange(
  tx: Tx,
  runtime: Runtime,
  change: Parameters<typeof updatePaymentMethod>[1],
): Promise<Row<'stripeOperations'>> {
  await lockCustomer(tx, change.customerId);
  const method = await findPaymentMethod(tx, change.paymentMethodId);
  if (method?.customerId !== change.customerId || method.status !== 'attached') {
    throw new Refusal('not_found', 'paymentMethodId');
  }
  const { expiry } = change;
  if (expiry) {
    const isValid =
      method.type === 'card' && isStillGood(expiry, runtime.clock.now(), runtime.settings.timeZone);
    if (!isValid) throw new Refusal('expiry_malformed', 'expiry');
  }
  const request: UpdateRequest = {
    stripePaymentMethodId: method.stripePaymentMethodId,
    params: {
      ...(expiry && { card: { exp_month: expiry.month, exp_year: expiry.year } }),
      billing_details: billingParams(change.billing),
    },
  };
  const operation = await beginOperation(tx, runtime.clock, {
    kind: 'update_payment_method',
    subjectId: method.id,
    request,
    afterDone: true,
  });
  // Two changes that are both on their way could arrive in either order.
  if (operation.request !== JSON.stringify(request)) throw new Refusal('stripe_unavailable');
  await audit(tx, runtime.clock, {
    actor: { kind: 'shopper', id: change.customerId },
    action: 'payment_method.change_requested',
    subject: { kind: 'payment_method', id: method.id },
    details: { operation: operation.id, changed: expiry ? ['expiry', 'billing'] : ['billing'] },
  });
  return operation;
}

function billingParams(billing: BillingAddress): Stripe.PaymentMethodUpdateParams.BillingDetails {
  const { line1, line2, city, state, country } = billing;
  return {
    name: billing.name,
    address: { line1, line2, city, state, postal_code: billing.postalCode, country },
  };
}

/** Makes the call and writes its answer; also what the worker does after a crash. */
export async function finishUpdate(
  runtime: Runtime,
  operation: Row<'stripeOperations'>,
): Promise<void> {
  const asOf = runtime.clock.now();
  const method = await performOperation(runtime, operation, (request: UpdateRequest, options) =>
    runtime.stripe.paymentMethods.update(request.stripePaymentMethodId, request.params, options),
  );
  const now = runtime.clock.now();
  await inTransaction(runtime.db, async (tx) => {
    await endOperation(tx, operation.id, { status: 'done', now });
    await setPaymentMethodFacts(tx, operation.subjectId, paymentMethodFacts(method), { asOf, now });
  });
}
