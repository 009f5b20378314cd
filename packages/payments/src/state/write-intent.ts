import type Stripe from 'stripe';
import type { Db, Instant, Row, Tx } from '@onfile/db/database.ts';
import {
  findIntentByStripeId,
  findLiveIntent,
  insertIntent,
  updateIntent,
} from '@onfile/db/tables/payment-intents.ts';
import type { Clock } from '../clock.ts';
import { newId } from '../ids.ts';
import { stripeIdOf } from '../stripe/stripe-id.ts';
import { isTerminalIntent } from './payment-status.ts';

/** Our payment's id, as every intent of ours carries it. */
export function paymentIdOf(intent: Stripe.PaymentIntent): string | null {
  return intent.metadata['onfile_payment'] ?? null;
}

/** Whether an intent is one of ours, read from what is known here and from the mark that it bears. */
export async function isOurIntent(db: Db, intent: Stripe.PaymentIntent): Promise<boolean> {
  return paymentIdOf(intent) !== null || (await findIntentByStripeId(db, intent.id)) !== undefined;
}

/**
 * Writes what an intent is now. Part of the one door.
 * @returns the row of the payment's live intent as it is now; null when this was no news of it
 */
export async function writeIntent(
  tx: Tx,
  clock: Clock,
  payment: Row<'payments'>,
  news: { intent: Stripe.PaymentIntent; asOf: Instant },
): Promise<Row<'paymentIntents'> | null> {
  const { intent, asOf } = news;
  const facts = {
    status: intent.status,
    amountReceivedMinor: intent.amount_received,
    latestChargeId: stripeIdOf(intent.latest_charge),
    futureUsage: intent.setup_future_usage,
    asOf,
    updatedAt: clock.now(),
  };
  const known = await findIntentByStripeId(tx, intent.id);
  if (!known) {
    const other = await findLiveIntent(tx, payment.id);
    if (other) {
      throw new Error(
        `payment ${payment.id} has live intent ${other.stripePaymentIntentId}; ${intent.id} is a second one`,
      );
    }
    const row = {
      id: newId('paymentIntent'),
      paymentId: payment.id,
      stripePaymentIntentId: intent.id,
      supersededAt: null,
      createdAt: clock.now(),
      ...facts,
    };
    await insertIntent(tx, row);
    return row;
  }
  const isOlder = asOf < known.asOf && !isTerminalIntent(intent.status);
  const isOtherEnd = isTerminalIntent(known.status) && known.status !== intent.status;
  if (isOlder || isOtherEnd) return null;
  const isNews = !isTerminalIntent(known.status);
  if (isNews) await updateIntent(tx, { id: known.id, change: facts });
  // The end of a superseded intent ends an intent, not a debt: another has taken its place.
  if (known.supersededAt) return null;
  return isNews ? { ...known, ...facts } : known;
}
