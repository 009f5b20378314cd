import type Stripe from 'stripe';
import type { Row, Tx } from '@onfile/db/database.ts';
import { updateCheckoutSession } from '@onfile/db/tables/checkout-sessions.ts';
import { lockCustomer, setStripeOwner } from '@onfile/db/tables/customers.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import type { Actor } from '../audit.ts';
import { stripeOwner } from '../customers/stripe-owner.ts';
import type { Runtime } from '../runtime.ts';
import { findOurSession } from '../setup/find-our-session.ts';
import { holdSession } from '../setup/hold-session.ts';
import { settleExpiredSession } from '../setup/settle-expired-session.ts';
import { settlePaymentIntent } from '../state/settle-payment-intent.ts';
import { stripeIdOf, stripeOwnerOf } from '../stripe/stripe-id.ts';
import { keepMethod } from './keep-method.ts';

/** Where a checkout stands, for the return page. */
export type CheckoutState =
  'paid' | 'authorized' | 'processing' | 'needs_step' | 'failed' | 'expired' | 'open';

/**
 * Settles a Checkout Session in payment mode by what Stripe says of it now: the payment goes through
 * the door, the method that the shopper chose to keep is saved. The webhook, the return page and a
 * second checkout all call this; whichever comes first does the work.
 * @returns null when the Session is not one of ours
 */
export async function settlePaymentSession(
  runtime: Runtime,
  stripeSessionId: string,
  actor: Actor,
): Promise<CheckoutState | null> {
  const asOf = runtime.clock.now();
  const session = await runtime.stripe.checkout.sessions.retrieve(stripeSessionId, {
    expand: ['payment_intent.payment_method', 'payment_intent.latest_charge'],
  });
  const row = await findOurSession(runtime.db, session);
  if (row?.mode !== 'payment') return null;
  const intent = intentOf(session);
  if (intent) {
    const settled = { ...intent, payment_method: stripeIdOf(intent.payment_method) };
    await settlePaymentIntent(runtime, { intent: settled, asOf, actor });
  }
  if (session.status === 'expired') await settleExpiredSession(runtime, row.id);
  if (session.status === 'complete') {
    await inTransaction(runtime.db, async (tx) => {
      const { session: locked } = await holdSession(tx, row.id);
      await settleComplete(tx, runtime, locked, session, actor);
    });
  }
  return stateOf(session, intent);
}

function intentOf(session: Stripe.Checkout.Session): Stripe.PaymentIntent | null {
  const intent = session.payment_intent;
  return intent && typeof intent !== 'string' ? intent : null;
}

function stateOf(
  session: Stripe.Checkout.Session,
  intent: Stripe.PaymentIntent | null,
): CheckoutState {
  if (session.status === 'expired') return 'expired';
  if (intent?.status === 'succeeded') return 'paid';
  if (intent?.status === 'requires_capture') return 'authorized';
  if (intent?.status === 'processing') return 'processing';
  if (intent?.status === 'requires_action') return 'needs_step';
  return intent?.last_payment_error ? 'failed' : 'open';
}

async function settleComplete(
  tx: Tx,
  runtime: Runtime,
  row: Row<'checkoutSessions'>,
  session: Stripe.Checkout.Session,
  actor: Actor,
): Promise<void> {
  const method = methodToKeep(session);
  // A bank account that proves itself first is the customer's only days after its page was done.
  if (row.status === 'complete' && (row.paymentMethodId !== null || !method)) return;
  const now = runtime.clock.now();
  await keepOwner(tx, row.customerId, session, now);
  const kept = method && (await keepMethod(tx, runtime, { ...row, method, actor }));
  await updateCheckoutSession(tx, row.id, {
    status: 'complete',
    stripeIntentId: stripeIdOf(session.payment_intent),
    paymentMethodId: kept,
    updatedAt: now,
    settledAt: row.settledAt ?? now,
  });
}

/** What was paid with, where Stripe has attached it to the customer; null: it is not to be kept. */
function methodToKeep(session: Stripe.Checkout.Session): Stripe.PaymentMethod | null {
  const method = intentOf(session)?.payment_method;
  if (!method || typeof method === 'string') return null;
  return stripeOwnerOf(method) === null ? null : method;
}

/** Checkout has made a customer of a guest: from now on it is ours. */
async function keepOwner(
  tx: Tx,
  customerId: string,
  session: Stripe.Checkout.Session,
  now: number,
): Promise<void> {
  const customer = await lockCustomer(tx, customerId);
  const made = stripeIdOf(session.customer);
  if (!customer || stripeOwner(customer) || !made) return;
  await setStripeOwner(tx, customerId, {
    stripeCustomerId: made,
    stripeAccountId: null,
    updatedAt: now,
  });
}
