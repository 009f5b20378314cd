import type Stripe from 'stripe';
import type { Row, Tx } from '@onfile/db/database.ts';
import { countIntents, findLiveIntent } from '@onfile/db/tables/payment-intents.ts';
import { audit } from '../audit.ts';
import type { Acceptance } from '../agreements/accept-terms.ts';
import { ensureStripeOwner } from '../customers/ensure-stripe-owner.ts';
import type { StripeOwner } from '../customers/stripe-owner.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { isTerminalIntent } from '../state/payment-status.ts';
import { isPassing } from '../stripe/classify-error.ts';
import { allowedMethodTypes } from '../stripe/method-types.ts';
import { beginOperation } from '../stripe/stripe-operation.ts';
import { agreeForOrder, readTerms } from './agreement-of-order.ts';
import type { Usage } from './checkout-request.ts';
import { findPayable } from './find-payable.ts';
import type { Payable } from './find-payable.ts';
import { createIntentSubject, finishCreateIntent } from './finish-create-intent.ts';
import { openWayToPay } from './open-way-to-pay.ts';
import { planOf } from './payment-plan.ts';
import { redisplayMark } from './redisplay-mark.ts';

export interface IntentStart {
  customer: Row<'customers'>;
  orderId: string;
  acceptance: Acceptance | null;
  /** The shopper's own tick, where the plan needs nothing to be kept: shown again at checkout. */
  keep: boolean;
  /** Where the tick came from. */
  from?: { ipAddress: string | null; userAgent: string | null };
}

/**
 * The way of the oldest text: a PaymentIntent that the shopper's page (or a native app) confirms
 * itself. The payment's live intent is used again, so that two tabs pay one.
 * @returns its client secret: for the shopper who pays, for nobody else, and for no log
 * @throws Refusal as {@link startCheckout}
 */
export async function startPaymentIntent(
  runtime: Runtime,
  start: IntentStart,
): Promise<{ clientSecret: string }> {
  const ask = { customerId: start.customer.id, orderId: start.orderId };
  const { order } = await findPayable(runtime.db, ask);
  const terms = await readTerms(runtime, order, start.acceptance);
  const owner = await ensureStripeOwner(runtime, start.customer);
  const wish: Wish = {
    usage: terms?.usage ?? (start.keep ? 'on_session' : 'none'),
    redisplay: redisplayOf(start, terms !== null),
  };
  const opened = await openWayToPay(
    runtime,
    (db) => findPayable(db, ask),
    async (tx, payable) => {
      const { acceptance } = start;
      const sessionId = payable.payment.id;
      await agreeForOrder(tx, runtime, { order: payable.order, terms, acceptance, sessionId });
      if (start.keep) await noteTick(tx, runtime, start);
      return openIntent(tx, runtime, payable, { ...wish, owner });
    },
    { ownIntent: true },
  );
  const intent =
    'operation' in opened
      ? await finishCreateIntent(runtime, opened.operation)
      : await reuseIntent(runtime, opened.stripePaymentIntentId, wish);
  if (!intent.client_secret) throw new Error(`intent ${intent.id} has no client secret`);
  return { clientSecret: intent.client_secret };
}

/** What the shopper wants to be kept of the method that they pay with. */
interface Wish {
  usage: Usage;
  /** Stripe's `allow_redisplay` of it, once it is kept; null: nothing is. */
  redisplay: 'always' | 'limited' | null;
}

function redisplayOf(start: IntentStart, hasTerms: boolean): Wish['redisplay'] {
  if (start.keep || (hasTerms && start.acceptance?.redisplay)) return 'always';
  return hasTerms ? 'limited' : null;
}

/** The tick is consent to be shown the card again: when it was given, and from where. */
async function noteTick(tx: Tx, runtime: Runtime, start: IntentStart): Promise<void> {
  await audit(tx, runtime.clock, {
    actor: { kind: 'shopper', id: start.customer.id },
    action: 'order.keep_ticked',
    subject: { kind: 'order', id: start.orderId },
    details: { ...start.from },
  });
}

async function openIntent(
  tx: Tx,
  runtime: Runtime,
  payable: Payable,
  by: Wish & { owner: StripeOwner },
): Promise<{ stripePaymentIntentId: string } | { operation: Row<'stripeOperations'> }> {
  const { payment } = payable;
  const live = await findLiveIntent(tx, payment.id);
  if (live && !isTerminalIntent(live.status)) return live;
  const operation = await beginOperation(tx, runtime.clock, {
    kind: 'create_intent',
    subjectId: createIntentSubject(payment.id, await countIntents(tx, payment.id)),
    request: intentRequest(runtime, payable, by),
  });
  return { operation };
}

function intentRequest(
  runtime: Runtime,
  { order, payment }: Payable,
  { owner, redisplay, usage }: Wish & { owner: StripeOwner },
): Stripe.PaymentIntentCreateParams {
  const holdFirst = planOf(order).kind === 'check_stock';
  return {
    amount: payment.amountMinor,
    currency: payment.currency,
    ...owner,
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    allowed_payment_method_types: allowedMethodTypes({
      currency: payment.currency,
      bankDebits: runtime.settings.bankDebits && !holdFirst,
    }),
    ...(usage !== 'none' && { setup_future_usage: usage }),
    ...(holdFirst && { capture_method: 'manual' as const }),
    description: payment.reason,
    metadata: {
      onfile_payment: payment.id,
      onfile_order: order.id,
      ...(redisplay && { [redisplayMark]: redisplay }),
    },
  };
}

/** The same intent once more, kept for what the shopper says now. */
async function reuseIntent(
  runtime: Runtime,
  id: string,
  { redisplay, usage }: Wish,
): Promise<Stripe.PaymentIntent> {
  const wanted = usage === 'none' ? null : usage;
  try {
    const intent = await runtime.stripe.paymentIntents.retrieve(id);
    const marked = intent.metadata[redisplayMark] ?? null;
    if (intent.setup_future_usage === wanted && marked === redisplay) return intent;
    const change = {
      setup_future_usage: wanted ?? ('' as const),
      metadata: { [redisplayMark]: redisplay ?? '' },
    };
    return await runtime.stripe.paymentIntents.update(id, change);
  } catch (error) {
    if (isPassing(error)) throw new Refusal('stripe_unavailable');
    throw error;
  }
}
