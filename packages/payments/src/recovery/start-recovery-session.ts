import type Stripe from 'stripe';
import type { Row, Tx } from '@onfile/db/database.ts';
import { findAgreement } from '@onfile/db/tables/agreements.ts';
import { findCheckoutSession, insertCheckoutSession } from '@onfile/db/tables/checkout-sessions.ts';
import { audit } from '../audit.ts';
import { openWayToPay } from '../checkout/open-way-to-pay.ts';
import { expireAtStripe } from '../checkout/retire-ways-to-pay.ts';
import { ownerBeforehand } from '../customers/owner-beforehand.ts';
import type { StripeOwner } from '../customers/stripe-owner.ts';
import { getCustomer } from '../customers/get-customer.ts';
import { newId } from '../ids.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { finishCreateSession } from '../setup/finish-create-session.ts';
import { allowedMethodTypes } from '../stripe/method-types.ts';
import { beginOperation } from '../stripe/stripe-operation.ts';
import { requirePayable } from './find-recovery.ts';

interface Start {
  token: string | null;
  uiMode: 'hosted_page' | 'embedded_page';
  /** The shopper's own choice: the new method joins the agreement that this amount is charged under. */
  keep: boolean;
}

/**
 * A shopper takes another method for the same debt: a new Checkout Session in payment mode. The old
 * intent is canceled first, so that there is never a second success.
 * @throws Refusal as {@link requirePayable}, `agreement_not_active` when nothing can be kept for it any
 *   more, `stripe_unavailable`
 */
export async function startRecoverySession(
  runtime: Runtime,
  start: Start,
): Promise<{ url: string | null; clientSecret: string | null }> {
  const { payment } = await requirePayable(runtime, start.token);
  const customer = await getCustomer(runtime.db, payment.customerId);
  const owner = await ownerBeforehand(runtime, customer);
  const operation = await openWayToPay(
    runtime,
    (db) => requirePayable({ ...runtime, db }, start.token),
    (tx, found) => writeSession(tx, runtime, start, { ...found, owner, email: customer.email }),
  );
  const session = await finishCreateSession(runtime, operation);
  const row = await findCheckoutSession(runtime.db, operation.subjectId);
  if (row?.status === 'expired') {
    await expireAtStripe(runtime, { sessionId: row.id, stripeSessionId: session.id });
    throw new Refusal('payment_under_way');
  }
  return { url: session.url, clientSecret: session.client_secret };
}

async function writeSession(
  tx: Tx,
  runtime: Runtime,
  start: Start,
  on: {
    link: Row<'recoveryLinks'>;
    payment: Row<'payments'>;
    owner: StripeOwner | null;
    email: string;
  },
): Promise<Row<'stripeOperations'>> {
  const { link, payment } = on;
  const agreementId = start.keep ? await requireKeepable(tx, payment) : null;
  const sessionId = newId('checkoutSession');
  const now = runtime.clock.now();
  await insertCheckoutSession(tx, {
    id: sessionId,
    customerId: payment.customerId,
    agreementId,
    orderId: payment.orderId,
    paymentId: payment.id,
    mode: 'payment',
    uiMode: start.uiMode,
    status: 'creating',
    createdAt: now,
    updatedAt: now,
  });
  await audit(tx, runtime.clock, {
    actor: { kind: 'shopper', id: payment.customerId },
    action: 'recovery.step_opened',
    subject: { kind: 'payment', id: payment.id },
    details: { link: link.id, way: 'another_method', keep: start.keep },
  });
  return beginOperation(tx, runtime.clock, {
    kind: 'create_session',
    subjectId: sessionId,
    request: sessionRequest(runtime, { ...on, sessionId, start }),
  });
}

async function requireKeepable(tx: Tx, payment: Row<'payments'>): Promise<string> {
  const agreement = payment.agreementId && (await findAgreement(tx, payment.agreementId));
  if (!agreement || agreement.status !== 'active')
    throw new Refusal('agreement_not_active', 'keep');
  return agreement.id;
}

function sessionRequest(
  runtime: Runtime,
  of: {
    payment: Row<'payments'>;
    owner: StripeOwner | null;
    email: string;
    sessionId: string;
    start: Start;
  },
): Stripe.Checkout.SessionCreateParams {
  const { payment, sessionId, start } = of;
  const { bankDebits, storefrontOrigin } = runtime.settings;
  const isHold = payment.kind === 'hold';
  const metadata = { onfile_session: sessionId, onfile_payment: payment.id };
  // The braces are Stripe's template and must stay unencoded.
  const back = `${storefrontOrigin}/recover?session_id={CHECKOUT_SESSION_ID}`;
  return {
    mode: 'payment',
    ui_mode: start.uiMode,
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: payment.currency,
          unit_amount: payment.amountMinor,
          product_data: { name: payment.reason },
        },
      },
    ],
    allowed_payment_method_types: allowedMethodTypes({
      currency: payment.currency,
      bankDebits: bankDebits && !isHold,
    }),
    ...(of.owner ?? { customer_creation: 'always', customer_email: of.email }),
    client_reference_id: sessionId,
    metadata,
    payment_intent_data: {
      metadata,
      description: payment.reason,
      ...(start.keep && { setup_future_usage: 'off_session' as const }),
      ...(isHold && { capture_method: 'manual' as const }),
    },
    ...(start.keep && { payment_method_data: { allow_redisplay: 'limited' as const } }),
    ...(start.uiMode === 'hosted_page'
      ? { success_url: back, cancel_url: `${storefrontOrigin}/recover` }
      : { return_url: back }),
  };
}
