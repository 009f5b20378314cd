import type { Db, Row } from '@onfile/db/database.ts';
import { findLiveIntent } from '@onfile/db/tables/payment-intents.ts';
import { updatePayment } from '@onfile/db/tables/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import { retireWaysToPay } from '../checkout/retire-ways-to-pay.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { settlePaymentIntent } from '../state/settle-payment-intent.ts';
import { isTerminalIntent } from '../state/payment-status.ts';
import { isPassing } from '../stripe/classify-error.ts';
import { stripeIdOf } from '../stripe/stripe-id.ts';
import { requirePayable } from './find-recovery.ts';
import { holdPayment } from '../state/hold-payment.ts';

export interface SameIntent {
  /** For the shopper who pays, for nobody else, and for no log. */
  clientSecret: string;
  /** The method of the last error, with which the intent is confirmed once more; null: enter one. */
  stripePaymentMethodId: string | null;
  /** Whether the bank waits for its step already: then that is gone on with, and nothing confirmed. */
  waitsForStep: boolean;
}

/**
 * A shopper takes the step on the very intent that failed: authenticates, tries the card again, or
 * enters another that is not kept. From here on the worker leaves the payment to them for a while.
 * @throws Refusal as {@link requirePayable}; `no_intent` when the old one has ended and another way
 *   must be taken, `stripe_unavailable`
 */
export async function startSameIntent(runtime: Runtime, token: string | null): Promise<SameIntent> {
  const { link, payment } = await requirePayable(runtime, token);
  await retireWaysToPay(runtime, payment, { ownIntent: true });
  const live = await inTransaction(runtime.db, async (tx) => {
    await holdPayment(tx, payment.id);
    await requirePayable({ ...runtime, db: tx }, token);
    const now = runtime.clock.now();
    await updatePayment(tx, payment.id, { shopperStepAt: now });
    await audit(tx, runtime.clock, {
      actor: { kind: 'shopper', id: payment.customerId },
      action: 'recovery.step_opened',
      subject: { kind: 'payment', id: payment.id },
      details: { link: link.id, way: 'same_intent' },
    });
    return requireLive(tx, payment.id);
  });
  const asOf = runtime.clock.now();
  const intent = await retrieve(runtime, live.stripePaymentIntentId);
  if (isTerminalIntent(intent.status) || intent.status === 'processing') {
    await settlePaymentIntent(runtime, { intent, asOf, actor: { kind: 'stripe' } });
    throw new Refusal('nothing_owed');
  }
  if (!intent.client_secret) throw new Error(`intent ${intent.id} has no client secret`);
  return {
    clientSecret: intent.client_secret,
    stripePaymentMethodId: stripeIdOf(intent.last_payment_error?.payment_method),
    waitsForStep: intent.status === 'requires_action',
  };
}

async function requireLive(db: Db, paymentId: string): Promise<Row<'paymentIntents'>> {
  const live = await findLiveIntent(db, paymentId);
  if (!live || isTerminalIntent(live.status)) throw new Refusal('no_intent');
  return live;
}

async function retrieve(runtime: Runtime, id: string) {
  try {
    return await runtime.stripe.paymentIntents.retrieve(id);
  } catch (error) {
    if (isPassing(error)) throw new Refusal('stripe_unavailable');
    throw error;
  }
}
