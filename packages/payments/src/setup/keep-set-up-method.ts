import type Stripe from 'stripe';
import type { SessionProblem } from '@onfile/db/agreements.ts';
import type { Row, Tx } from '@onfile/db/database.ts';
import { lockCheckoutSession, updateCheckoutSession } from '@onfile/db/tables/checkout-sessions.ts';
import { lockCustomer } from '@onfile/db/tables/customers.ts';
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
import type { SetupState } from './setup-state.ts';
import { settledState } from './setup-state.ts';

export interface SetUpMethod {
  method: Stripe.PaymentMethod;
  stripeIntentId: string | null;
  /** The mandate that the owner gave for debits; null for cards. */
  mandateId: string | null;
  actor: Actor;
}

/** Reads the row and holds it, its customer first, as charges and removals do: no deadlock. */
export async function holdSession(
  tx: Tx,
  row: Row<'checkoutSessions'>,
): Promise<Row<'checkoutSessions'>> {
  await lockCustomer(tx, row.customerId);
  const locked = await lockCheckoutSession(tx, row.id);
  if (!locked) throw new Error(`checkout session ${row.id} is gone`);
  return locked;
}

/**
 * Keeps the method that a setup has led to, and names it in the agreement under which it was saved.
 * A method that is attached to another customer is refused.
 */
export async function keepSetUpMethod(
  tx: Tx,
  runtime: Runtime,
  row: Row<'checkoutSessions'>,
  setUp: SetUpMethod,
): Promise<SetupState> {
  const locked = await holdSession(tx, row);
  const settled = settledState(locked);
  if (settled) return settled;
  const customer = await lockCustomer(tx, row.customerId);
  const owner = stripeOwnerOf(setUp.method);
  if (owner !== null && owner !== (customer?.stripeCustomerId ?? customer?.stripeAccountId)) {
    return noteProblem(tx, runtime, row, { problem: 'method_of_another', ...idsOf(setUp) });
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
  row: Row<'checkoutSessions'>,
  news: { problem: SessionProblem; stripePaymentMethodId: string; actor: Actor },
): Promise<SetupState> {
  const locked = await holdSession(tx, row);
  const settled = settledState(locked);
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
  const state = settledState({ ...locked, ...change });
  if (!state) throw new Error(`session ${row.id} has a problem and no state`);
  return state;
}
