import type Stripe from 'stripe';
import type { Instant, Row } from '@onfile/db/database.ts';
import { findCustomerByStripeOwner, lockCustomer } from '@onfile/db/tables/customers.ts';
import {
  findPaymentMethodByStripeId,
  setPaymentMethodFacts,
} from '@onfile/db/tables/payment-methods.ts';
import { listWaitingPayments } from '@onfile/db/tables/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import { planNextStep } from '../charging/plan-next-step.ts';
import type { Runtime } from '../runtime.ts';
import { stripeOwnerOf } from '../stripe/stripe-id.ts';
import { paymentMethodFacts } from './payment-method-facts.ts';
import { savePaymentMethod } from './save-payment-method.ts';
import { settleDetached } from './settle-detached.ts';

/** What Stripe says of a method, and how we came to ask. */
export interface MethodNews {
  method: Stripe.PaymentMethod;
  /** When Stripe was asked. */
  asOf: Instant;
  /** The event that told, or the comparison that found it: for the audit log. */
  because: string;
  /** The bank sent a new number or expiry by itself. */
  byBank?: boolean;
}

/** Our projection of a method follows Stripe's: changed, detached, or attached elsewhere. Idempotent. */
export async function syncPaymentMethod(runtime: Runtime, news: MethodNews): Promise<void> {
  const { method, asOf, byBank } = news;
  const known = await findPaymentMethodByStripeId(runtime.db, method.id);
  if (!known) {
    await saveAttachedElsewhere(runtime, news);
    return;
  }
  const now = runtime.clock.now();
  const facts = { ...paymentMethodFacts(method), ...(byBank && { bankUpdatedAt: now }) };
  await setPaymentMethodFacts(runtime.db, known.id, facts, { asOf, now });
  if (byBank) await planWaiting(runtime, known);
  if (stripeOwnerOf(method) === null) await settleDetached(runtime, known, news.because);
}

/** A card that its bank has renewed may pay what the old one could not. */
async function planWaiting(runtime: Runtime, method: Row<'paymentMethods'>): Promise<void> {
  await inTransaction(runtime.db, async (tx) => {
    await lockCustomer(tx, method.customerId);
    const waiting = await listWaitingPayments(tx, { paymentMethodId: method.id });
    for (const payment of waiting) await planNextStep(tx, runtime, payment.id);
  });
}

/** A customer of ours got a method in the Dashboard, in the portal, or on another device. */
async function saveAttachedElsewhere(runtime: Runtime, news: MethodNews): Promise<void> {
  const { method } = news;
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
      details: { event: news.because, brand: saved.brand, last4: saved.last4 },
    });
  });
}
