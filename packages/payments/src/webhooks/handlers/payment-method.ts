import type Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import { findCustomerByStripeOwner, lockCustomer } from '@onfile/db/tables/customers.ts';
import {
  findPaymentMethodByStripeId,
  setPaymentMethodFacts,
} from '@onfile/db/tables/payment-methods.ts';
import { listWaitingPayments } from '@onfile/db/tables/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../../audit.ts';
import { planNextStep } from '../../charging/plan-next-step.ts';
import { paymentMethodFacts } from '../../payment-methods/payment-method-facts.ts';
import { savePaymentMethod } from '../../payment-methods/save-payment-method.ts';
import { settleDetached } from '../../payment-methods/settle-detached.ts';
import { stripeOwnerOf } from '../../stripe/stripe-id.ts';
import type { Runtime } from '../../runtime.ts';
import type { Handler } from '../handlers.ts';

/** A method was changed or detached, here or elsewhere: our projection follows Stripe's. */
export const handlePaymentMethod: Handler = async (runtime, event) => {
  const { id } = event.data.object as Stripe.PaymentMethod;
  const known = await findPaymentMethodByStripeId(runtime.db, id);
  const asOf = runtime.clock.now();
  const method = await runtime.stripe.paymentMethods.retrieve(id);
  if (!known) {
    await saveAttachedElsewhere(runtime, method, event.id);
    return;
  }
  const now = runtime.clock.now();
  const byBank = event.type === 'payment_method.automatically_updated';
  const facts = { ...paymentMethodFacts(method), ...(byBank && { bankUpdatedAt: now }) };
  await setPaymentMethodFacts(runtime.db, known.id, facts, { asOf, now });
  if (byBank) await planWaiting(runtime, known);
  if (stripeOwnerOf(method) === null) await settleDetached(runtime, known, event.id);
};

/** A card that its bank has renewed may pay what the old one could not. */
async function planWaiting(runtime: Runtime, method: Row<'paymentMethods'>): Promise<void> {
  await inTransaction(runtime.db, async (tx) => {
    await lockCustomer(tx, method.customerId);
    const waiting = await listWaitingPayments(tx, { paymentMethodId: method.id });
    for (const payment of waiting) await planNextStep(tx, runtime, payment.id);
  });
}

/** A customer of ours got a method in the Dashboard, in the portal, or on another device. */
async function saveAttachedElsewhere(
  runtime: Runtime,
  method: Stripe.PaymentMethod,
  eventId: string,
): Promise<void> {
  const owner = stripeOwnerOf(method);
  const customer = owner && (await findCustomerByStripeOwner(runtime.db, owner));
  if (!customer) return;
  await inTransaction(runtime.db, async (tx) => {
    // The customer first, as everybody who saves does: no deadlock with the page that saves it now.
    const held = await lockCustomer(tx, customer.id);
    if (held?.erasedAt) return;
    if (await findPaymentMethodByStripeId(tx, method.id)) return;
    const saved = await savePaymentMethod(tx, runtime.clock, customer.id, method);
    await audit(tx, runtime.clock, {
      actor: { kind: 'stripe' },
      action: 'payment_method.attached',
      subject: { kind: 'payment_method', id: saved.id },
      details: { event: eventId, brand: saved.brand, last4: saved.last4 },
    });
  });
}
