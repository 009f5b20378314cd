import type { Row, Tx } from '@onfile/db/database.ts';
import { updatePayment } from '@onfile/db/tables/payments.ts';
import type { Actor } from '../audit.ts';
import { audit } from '../audit.ts';
import { planNextStep } from '../charging/plan-next-step.ts';
import type { Runtime } from '../runtime.ts';
import { mayFollow } from './payment-status.ts';

/**
 * The door's neighbour for an amount that is no longer owed, because staff said so. Nothing may be open by
 * which it could still be paid, and its row must be held.
 */
export async function cancelPayment(
  tx: Tx,
  runtime: Pick<Runtime, 'clock' | 'settings'>,
  payment: Row<'payments'>,
  by: { actor: Actor; reason: string },
): Promise<Row<'payments'>> {
  if (!mayFollow(payment.status, 'canceled')) {
    throw new Error(`payment ${payment.id} is ${payment.status} and cannot be canceled`);
  }
  const now = runtime.clock.now();
  await updatePayment(tx, payment.id, { status: 'canceled', settledAt: now, updatedAt: now });
  await audit(tx, runtime.clock, {
    actor: by.actor,
    action: 'payment.canceled',
    subject: { kind: 'payment', id: payment.id },
    details: { from: payment.status, reason: by.reason },
  });
  return planNextStep(tx, runtime, payment.id);
}
