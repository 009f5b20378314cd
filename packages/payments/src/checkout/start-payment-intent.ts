import type Stripe from 'stripe';
import type { Row, Tx } from '@onfile/db/database.ts';
import { countIntents, findLiveIntent } from '@onfile/db/tables/payment-intents.ts';
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

export interface IntentStart {
  customer: Row<'customers'>;
  orderId: string;
  acceptance: Acceptance | null;
  /** The shopper's own tick, where the plan needs nothing to be kept. */
  keep: boolean;
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
  const usage = terms?.usage ?? (start.keep ? 'on_session' : 'none');
  const opened = await openWayToPay(
    runtime,
    ask,
    async (tx, payable) => {
      const { acceptance } = start;
      const sessionId = payable.payment.id;
      if (terms && acceptance) {
        await agreeForOrder(tx, runtime, { order: payable.order, terms, acceptance, sessionId });
      }
      return openIntent(tx, runtime, payable, { owner, usage });
    },
    { ownIntent: true },
  );
  const intent =
    'operation' in opened
      ? await finishCreateIntent(runtime, opened.operation)
      : await reuseIntent(runtime, opened.stripePaymentIntentId, usage);
  if (!intent.client_secret) throw new Error(`intent ${intent.id} has no client secret`);
  return { clientSecret: intent.client_secret };
}

async function openIntent(
  tx: Tx,
  runtime: Runtime,
  payable: Payable,
  by: { owner: StripeOwner; usage: Usage },
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
  { owner, usage }: { owner: StripeOwner; usage: Usage },
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
    metadata: { onfile_payment: payment.id, onfile_order: order.id },
  };
}

/** The same intent once more, kept for what the shopper says now. */
async function reuseIntent(
  runtime: Runtime,
  id: string,
  usage: Usage,
): Promise<Stripe.PaymentIntent> {
  const wanted = usage === 'none' ? null : usage;
  try {
    const intent = await runtime.stripe.paymentIntents.retrieve(id);
    if (intent.setup_future_usage === wanted) return intent;
    const change = { setup_future_usage: wanted ?? ('' as const) };
    return await runtime.stripe.paymentIntents.update(id, change);
  } catch (error) {
    if (isPassing(error)) throw new Refusal('stripe_unavailable');
    throw error;
  }
}
