import type Stripe from 'stripe';
import type { Row, Tx } from '@onfile/db/database.ts';
import { addMethodToAgreement } from '@onfile/db/tables/agreements.ts';
import { lockCustomer } from '@onfile/db/tables/customers.ts';
import { lockCheckoutSession, updateCheckoutSession } from '@onfile/db/tables/checkout-sessions.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import type { Actor } from '../audit.ts';
import { audit } from '../audit.ts';
import { mergeSameCard } from '../payment-methods/merge-payment-methods.ts';
import { savePaymentMethod } from '../payment-methods/save-payment-method.ts';
import type { Runtime } from '../runtime.ts';
import { findOurSession } from './find-our-session.ts';

/** Where a setup stands, for the return page. */
export type SetupState =
  | { state: 'saved'; paymentMethodId: string }
  | { state: 'processing' | 'needs_step' | 'failed' | 'expired' | 'open' };

/**
 * Settles a Checkout Session by what Stripe says of it now. The webhook and the return page both
 * call this; whichever comes first does the work, the other finds it done.
 * @returns null when the session is not one of ours
 */
export async function settleCheckoutSession(
  runtime: Runtime,
  stripeSessionId: string,
  actor: Actor,
): Promise<SetupState | null> {
  const session = await runtime.stripe.checkout.sessions.retrieve(stripeSessionId, {
    expand: ['setup_intent.payment_method'],
  });
  const row = await findOurSession(runtime.db, session);
  if (row?.mode !== 'setup') return null;
  return inTransaction(runtime.db, async (tx) => {
    // Charges and removals hold the customer first too: the same order never deadlocks.
    await lockCustomer(tx, row.customerId);
    const locked = await lockCheckoutSession(tx, row.id);
    if (!locked) throw new Error(`checkout session ${row.id} is gone`);
    if (session.status === 'expired') return settleExpired(tx, runtime, locked);
    if (session.status === 'open') return { state: lastFailed(session) ? 'failed' : 'open' };
    return settleComplete(tx, runtime, locked, session, actor);
  });
}

function setupIntentOf(session: Stripe.Checkout.Session): Stripe.SetupIntent | null {
  const intent = session.setup_intent;
  return intent && typeof intent !== 'string' ? intent : null;
}

function lastFailed(session: Stripe.Checkout.Session): boolean {
  return Boolean(setupIntentOf(session)?.last_setup_error);
}

async function settleExpired(
  tx: Tx,
  runtime: Runtime,
  row: Row<'checkoutSessions'>,
): Promise<SetupState> {
  if (row.status !== 'expired') {
    const now = runtime.clock.now();
    await updateCheckoutSession(tx, row.id, { status: 'expired', updatedAt: now, settledAt: now });
  }
  return { state: 'expired' };
}

async function settleComplete(
  tx: Tx,
  runtime: Runtime,
  row: Row<'checkoutSessions'>,
  session: Stripe.Checkout.Session,
  actor: Actor,
): Promise<SetupState> {
  if (row.paymentMethodId) return { state: 'saved', paymentMethodId: row.paymentMethodId };
  const intent = setupIntentOf(session);
  if (intent?.status === 'processing') return { state: 'processing' };
  if (intent?.status === 'requires_action') return { state: 'needs_step' };
  const method = intent?.payment_method;
  if (!intent || intent.status !== 'succeeded' || !method || typeof method === 'string') {
    return { state: 'failed' };
  }
  const now = runtime.clock.now();
  const saved = await savePaymentMethod(tx, runtime.clock, row.customerId, method);
  if (row.agreementId) {
    await addMethodToAgreement(tx, row.agreementId, saved.id, { addedBy: 'setup', now });
  }
  if (saved.fingerprint) {
    const card = { customerId: row.customerId, fingerprint: saved.fingerprint };
    await mergeSameCard(tx, runtime, card);
  }
  await updateCheckoutSession(tx, row.id, {
    status: 'complete',
    paymentMethodId: saved.id,
    updatedAt: now,
    settledAt: now,
  });
  await audit(tx, runtime.clock, {
    actor,
    action: 'payment_method.saved',
    subject: { kind: 'payment_method', id: saved.id },
    details: {
      session: row.id,
      agreement: row.agreementId,
      brand: saved.brand,
      last4: saved.last4,
    },
  });
  return { state: 'saved', paymentMethodId: saved.id };
}
