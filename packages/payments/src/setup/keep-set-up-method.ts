import type Stripe from 'stripe';
import type { SessionProblem } from '@onfile/db/agreements.ts';
import type { Row, Tx } from '@onfile/db/database.ts';
import { updateCheckoutSession } from '@onfile/db/tables/checkout-sessions.ts';
import { findCustomerByStripeOwner } from '@onfile/db/tables/customers.ts';
import { setMandate } from '@onfile/db/tables/payment-methods.ts';
import type { Actor } from '../audit.ts';
import { audit } from '../audit.ts';
import { nameForOrder } from '../checkout/keep-method.ts';
import { mergeSameCard } from '../payment-methods/merge-payment-methods.ts';
import { pointPayment } from '../payment-methods/point-payment.ts';
import { savePaymentMethod } from '../payment-methods/save-payment-method.ts';
import { tellSaved } from '../payment-methods/tell-saved.ts';
import type { Runtime } from '../runtime.ts';
import { stripeOwnerOf } from '../stripe/stripe-id.ts';
import { holdSession } from './hold-session.ts';
import type { SetupState } from './setup-state.ts';
import { settledState } from './setup-state.ts';

export interface SetUpMethod {
  method: Stripe.PaymentMethod;
  stripeIntentId: string | null;
  /** The mandate that the owner gave for debits; null for cards. */
  mandateId: string | null;
  actor: Actor;
}

/**
 * Keeps the method that a setup has led to, and names it in the agreement under which it was saved.
 * A method that is attached to another customer is refused.
 */
export async function keepSetUpMethod(
  tx: Tx,
  runtime: Runtime,
  sessionId: string,
  setUp: SetUpMethod,
): Promise<SetupState> {
  const { session: row, customer } = await holdSession(tx, sessionId);
  const settled = settledState(row);
  if (settled) return settled;
  // A guest whose records have joined an account since is that account's, at Stripe as well.
  const owner = stripeOwnerOf(setUp.method);
  const holder = owner && (await findCustomerByStripeOwner(tx, owner));
  if (owner !== null && (!holder || holder.id !== customer.id)) {
    return noteProblem(tx, runtime, row.id, { problem: 'method_of_another', ...idsOf(setUp) });
  }
  const saved = await saveUnder(tx, runtime, row, setUp);
  const now = runtime.clock.now();
  await updateCheckoutSession(tx, row.id, {
    status: 'complete',
    paymentMethodId: saved.id,
    intentStatus: 'succeeded',
    ...(setUp.stripeIntentId && { stripeIntentId: setUp.stripeIntentId }),
    updatedAt: now,
    settledAt: now,
  });
  await audit(tx, runtime.clock, {
    actor: setUp.actor,
    action: 'payment_method.saved',
    subject: { kind: 'payment_method', id: saved.id },
    details: {
      session: row.id,
      agreement: row.agreementId,
      brand: saved.brand,
      last4: saved.last4,
    },
  });
  await tellSaved(tx, runtime, { method: saved, agreementId: row.agreementId });
  return { state: 'saved', paymentMethodId: saved.id };
}

function idsOf({ method, actor }: SetUpMethod): { stripePaymentMethodId: string; actor: Actor } {
  return { stripePaymentMethodId: method.id, actor };
}

async function saveUnder(
  tx: Tx,
  runtime: Runtime,
  row: Row<'checkoutSessions'>,
  { method, mandateId }: SetUpMethod,
): Promise<Row<'paymentMethods'>> {
  const now = runtime.clock.now();
  const saved = await savePaymentMethod(tx, runtime.clock, row.customerId, method);
  if (mandateId && saved.stripeMandateId !== mandateId) {
    await setMandate(tx, saved.id, {
      stripeMandateId: mandateId,
      mandateStatus: 'active',
      now,
    });
  }
  await nameForOrder(tx, runtime, { ...row, paymentMethodId: saved.id });
  if (row.paymentId && row.agreementId) {
    const chosen = { agreementId: row.agreementId, paymentMethodId: saved.id };
    await pointPayment(tx, runtime, row.paymentId, chosen);
  }
  if (saved.fingerprint) {
    const card = { customerId: row.customerId, fingerprint: saved.fingerprint };
    await mergeSameCard(tx, runtime, card);
  }
  return saved;
}

/** Nothing can come of this Session any more: the reason is kept, and said where staff look. */
export async function noteProblem(
  tx: Tx,
  runtime: Runtime,
  sessionId: string,
  news: { problem: SessionProblem; stripePaymentMethodId: string; actor: Actor },
): Promise<SetupState> {
  const { session: row } = await holdSession(tx, sessionId);
  const settled = settledState(row);
  if (settled) return settled;
  const now = runtime.clock.now();
  const { problem, stripePaymentMethodId, actor } = news;
  const change = { status: 'complete' as const, problem, updatedAt: now, settledAt: now };
  await updateCheckoutSession(tx, row.id, change);
  await audit(tx, runtime.clock, {
    actor,
    action: 'payment_method.not_kept',
    subject: { kind: 'customer', id: row.customerId },
    details: { session: row.id, stripePaymentMethodId, problem },
  });
  runtime.log.warn({ session: row.id, stripePaymentMethodId, problem }, 'method not kept');
  const state = settledState({ ...row, ...change });
  if (!state) throw new Error(`session ${row.id} has a problem and no state`);
  return state;
}
