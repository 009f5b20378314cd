import type Stripe from 'stripe';
import type { PaymentStatus, Row, Tx } from '@onfile/db/database.ts';
import { addMethodToAgreement } from '@onfile/db/tables/agreements.ts';
import { findOrder } from '@onfile/db/tables/orders.ts';
import {
  findPaymentMethodByStripeId,
  setPaymentMethodFacts,
} from '@onfile/db/tables/payment-methods.ts';
import { findPayment, listOrderPayments, updatePayment } from '@onfile/db/tables/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import type { Actor } from '../audit.ts';
import { audit } from '../audit.ts';
import { planNextStep } from '../charging/plan-next-step.ts';
import { holdOwner } from '../customers/hold-owner.ts';
import { mergeSameCard } from '../payment-methods/merge-payment-methods.ts';
import { paymentMethodFacts } from '../payment-methods/payment-method-facts.ts';
import { savePaymentMethod } from '../payment-methods/save-payment-method.ts';
import { tellSaved } from '../payment-methods/tell-saved.ts';
import type { Runtime } from '../runtime.ts';
import { noteAgreement } from './note-agreement.ts';
import { withRedisplay } from './redisplay-mark.ts';
import { stripeIdOf, stripeOwnerOf } from '../stripe/stripe-id.ts';
import { waitsForCard } from './waits-for-card.ts';

interface Kept {
  customerId: string;
  orderId: string | null;
  agreementId: string | null;
  method: Stripe.PaymentMethod;
  actor: Actor;
}

/** Saves the method that an order was paid with, and names it where the order comes to need it. */
export async function keepMethod(tx: Tx, runtime: Runtime, kept: Kept): Promise<string> {
  const isKnown = await findPaymentMethodByStripeId(tx, kept.method.id);
  const saved = await savePaymentMethod(tx, runtime.clock, kept.customerId, kept.method);
  if (!isKnown) {
    await audit(tx, runtime.clock, {
      actor: kept.actor,
      action: 'payment_method.saved',
      subject: { kind: 'payment_method', id: saved.id },
      details: {
        order: kept.orderId,
        agreement: kept.agreementId,
        brand: saved.brand,
        last4: saved.last4,
      },
    });
  }
  // Also where the event of its attaching was first: that one knows of no agreement. One mail a method.
  await tellSaved(tx, runtime, { method: saved, agreementId: kept.agreementId });
  await nameForOrder(tx, runtime, { ...kept, paymentMethodId: saved.id });
  if (saved.fingerprint) {
    const card = { customerId: kept.customerId, fingerprint: saved.fingerprint };
    await mergeSameCard(tx, runtime, card);
  }
  return saved.id;
}

/** Statuses in which money was taken, or is on its way, with the method that was used last. */
const movedStatuses: PaymentStatus[] = ['succeeded', 'processing', 'requires_capture'];

/**
 * Names a method in what was agreed to for an order, and on what the order still owes: on what has no
 * method, or relied on an agreement that has ended since.
 */
export async function nameForOrder(
  tx: Tx,
  runtime: Pick<Runtime, 'clock' | 'settings'>,
  named: { orderId: string | null; agreementId: string | null; paymentMethodId: string },
): Promise<void> {
  const { orderId, agreementId, paymentMethodId } = named;
  const now = runtime.clock.now();
  if (agreementId) {
    await addMethodToAgreement(tx, agreementId, paymentMethodId, { addedBy: 'setup', now });
  }
  if (!orderId) return;
  if (agreementId) await noteAgreement(tx, { orderId, agreementId, now });
  for (const payment of await listOrderPayments(tx, orderId)) {
    if (movedStatuses.includes(payment.status) && !payment.paymentMethodId) {
      await updatePayment(tx, payment.id, { paymentMethodId, updatedAt: now });
    }
    if (agreementId && (await waitsForCard(tx, payment, now))) {
      await updatePayment(tx, payment.id, { agreementId, paymentMethodId, updatedAt: now });
      await planNextStep(tx, runtime, payment.id);
    }
  }
}

/** In these the method of an intent has been charged or held, and is the customer's. */
const keepingStatuses = ['succeeded', 'processing', 'requires_capture'];

/**
 * Keeps the method of an intent that the shopper confirmed on our own page: told by the webhook,
 * it is kept also when they have closed the window. The intent of a Session is its Session's business.
 */
export async function keepIntentMethod(
  runtime: Runtime,
  intent: Stripe.PaymentIntent,
  actor: Actor,
): Promise<void> {
  const paymentId = intent.metadata['onfile_payment'];
  if (!paymentId || intent.metadata['onfile_session'] || !intent.setup_future_usage) return;
  if (!keepingStatuses.includes(intent.status)) return;
  const payment = await findPayment(runtime.db, paymentId);
  const id = stripeIdOf(intent.payment_method);
  if (!payment?.orderId || !id) return;
  const { orderId } = payment;
  const kept = await runtime.stripe.paymentMethods.retrieve(id);
  if (stripeOwnerOf(kept) === null) return;
  const asOf = runtime.clock.now();
  const method = await withRedisplay(runtime, intent, kept);
  await inTransaction(runtime.db, async (tx) => {
    const { customer } = await holdOwner(tx, () => findPayment(tx, paymentId));
    const order: Row<'orders'> | undefined = await findOrder(tx, orderId);
    const agreementId = order?.agreementId ?? null;
    const saved = await keepMethod(tx, runtime, {
      customerId: customer.id,
      orderId,
      agreementId,
      method,
      actor,
    });
    // The event of its attaching may have come first, and told of it as it was then.
    const facts = paymentMethodFacts(method);
    await setPaymentMethodFacts(tx, saved, facts, { asOf, now: runtime.clock.now() });
  });
}
