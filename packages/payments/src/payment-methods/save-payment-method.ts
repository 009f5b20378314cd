import type Stripe from 'stripe';
import type { Instant, Row, Tx } from '@onfile/db/database.ts';
import { findCustomer, setDefaultMethod } from '@onfile/db/tables/customers.ts';
import {
  findPaymentMethodByStripeId,
  insertPaymentMethod,
} from '@onfile/db/tables/payment-methods.ts';
import type { Clock } from '../clock.ts';
import { newId } from '../ids.ts';
import { stripeOwnerOf } from '../stripe/stripe-id.ts';
import { paymentMethodFacts } from './payment-method-facts.ts';

/**
 * Keeps a method that Stripe holds for a customer. Saving it twice is saving it once.
 * @throws when the method is already another customer's: a fault, never a silent move
 */
export async function savePaymentMethod(
  tx: Tx,
  clock: Clock,
  customerId: string,
  method: Stripe.PaymentMethod,
): Promise<Row<'paymentMethods'>> {
  const now = clock.now();
  const stripeOwnerId = stripeOwnerOf(method);
  const isAttached = stripeOwnerId !== null;
  await insertPaymentMethod(tx, {
    id: newId('paymentMethod'),
    customerId,
    stripePaymentMethodId: method.id,
    stripeOwnerId,
    type: method.type,
    ...paymentMethodFacts(method),
    // It may have been detached again before we heard that it was saved.
    status: isAttached ? 'attached' : 'detached',
    setUpAt: now,
    createdAt: now,
    updatedAt: now,
    detachedAt: isAttached ? null : now,
  });
  const saved = await findPaymentMethodByStripeId(tx, method.id);
  if (saved?.customerId !== customerId) {
    throw new Error(`payment method ${method.id} belongs to another customer`);
  }
  if (saved.status === 'attached') await makeFirstDefault(tx, saved, now);
  return saved;
}

/** Somebody with one method means that one. */
async function makeFirstDefault(tx: Tx, saved: Row<'paymentMethods'>, now: Instant): Promise<void> {
  const customer = await findCustomer(tx, saved.customerId);
  if (customer?.defaultPaymentMethodId !== null) return;
  await setDefaultMethod(tx, customer.id, saved.id, now);
}
