import type Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import { updateCheckoutSession } from '@onfile/db/tables/checkout-sessions.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import type { Actor } from '../audit.ts';
import type { Runtime } from '../runtime.ts';
import { stripeIdOf, stripeOwnerOf } from '../stripe/stripe-id.ts';
import { attachSetUpMethod } from './attach-payment-method.ts';
import { findOurSession } from './find-our-session.ts';
import { holdSession } from './hold-session.ts';
import { keepSetUpMethod } from './keep-set-up-method.ts';
import { settleExpiredSession } from './settle-expired-session.ts';
import type { SetupState } from './setup-state.ts';
import { intentState, methodHint, settledState } from './setup-state.ts';

/**
 * Settles a Checkout Session by what Stripe says of it now. The webhook and the return page both
 * call this; whichever comes first does the work, the other finds it done.
 * @returns null when the session is not one of ours
 * @throws Refusal `stripe_unavailable` while the method is being attached
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
  const intent = setupIntentOf(session);
  if (session.status === 'open') {
    return { state: intent?.last_setup_error ? 'failed' : 'open', continueUrl: session.url };
  }
  if (session.status === 'expired') {
    await settleExpiredSession(runtime, row.id);
    return { state: 'expired' };
  }
  const method = intent?.payment_method;
  if (intent?.status !== 'succeeded' || !method || typeof method === 'string') {
    return settlePending(runtime, row, intent);
  }
  const setUp = { mandateId: stripeIdOf(intent.mandate), actor };
  // Without a customer in the Session nobody has attached it; with one, it was detached again since.
  if (stripeOwnerOf(method) === null && stripeOwnerOf(session) === null) {
    return attachSetUpMethod(runtime, row, { stripePaymentMethodId: method.id, ...setUp });
  }
  return inTransaction(runtime.db, (tx) =>
    keepSetUpMethod(tx, runtime, row.id, { method, stripeIntentId: intent.id, ...setUp }),
  );
}

function setupIntentOf(session: Stripe.Checkout.Session): Stripe.SetupIntent | null {
  const intent = session.setup_intent;
  return intent && typeof intent !== 'string' ? intent : null;
}

/** The page is done and the bank is not: the shopper sees what is awaited, and it may fail yet. */
function settlePending(
  runtime: Runtime,
  row: Row<'checkoutSessions'>,
  intent: Stripe.SetupIntent | null,
): Promise<SetupState> {
  const state = intentState(intent);
  return inTransaction(runtime.db, async (tx) => {
    const { session } = await holdSession(tx, row.id);
    const settled = settledState(session);
    if (settled) return settled;
    const now = runtime.clock.now();
    const method = intent?.payment_method;
    await updateCheckoutSession(tx, row.id, {
      status: 'complete',
      stripeIntentId: intent?.id ?? null,
      intentStatus: intent?.status ?? null,
      ...(method &&
        typeof method !== 'string' && { methodHint: JSON.stringify(methodHint(method)) }),
      ...(state.state === 'failed' && { problem: 'setup_failed' as const, settledAt: now }),
      updatedAt: now,
    });
    return state;
  });
}
