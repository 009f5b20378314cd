import type Stripe from 'stripe';
import type { Row, Tx } from '@onfile/db/database.ts';
import { findIntentByStripeId } from '@onfile/db/tables/payment-intents.ts';
import { audit } from '../audit.ts';
import type { Runtime } from '../runtime.ts';
import { hasBegun } from './has-begun.ts';
import { renewHold } from './renew-hold.ts';

/** Held funds are gone: by the bank itself when their time was over, and to be held anew or not. */
export async function noteHoldsEnd(
  tx: Tx,
  door: Pick<Runtime, 'clock' | 'settings'>,
  payment: Row<'payments'>,
  intent: Stripe.PaymentIntent | null,
): Promise<void> {
  if (intent?.cancellation_reason === 'automatic') {
    await audit(tx, door.clock, {
      actor: { kind: 'stripe' },
      action: 'payment.hold_ran_out',
      subject: { kind: 'payment', id: payment.id },
      details: { captureBefore: payment.captureBefore },
    });
  }
  if (payment.holdEnd === 'renew' && (await endedByPlan(tx, intent))) {
    await renewHold(tx, door, { ...payment, amountMinor: intent?.amount ?? payment.amountMinor });
  }
}

/** By the bank when its time was over, or by our own release; not by somebody in Stripe's Dashboard. */
async function endedByPlan(tx: Tx, intent: Stripe.PaymentIntent | null): Promise<boolean> {
  if (intent?.cancellation_reason === 'automatic') return true;
  const row = intent && (await findIntentByStripeId(tx, intent.id));
  const ours = { kinds: ['release_intent'], statuses: ['open', 'done'] } as const;
  return row ? hasBegun(tx, row.id, ours) : false;
}
