import type { Row, Tx } from '@onfile/db/database.ts';
import { updatePayment } from '@onfile/db/tables/payments.ts';
import type { Actor } from '../audit.ts';
import { audit } from '../audit.ts';
import type { Runtime } from '../runtime.ts';
import { mayFollow } from './payment-status.ts';

/**
 * The door's neighbour for an amount that nobody tries to collect any more: our own automatic plan is
 * exhausted, or staff write it off. It stays owed on paper: the shopper may still pay it by link.
 */
export async function giveUpPayment(
  tx: Tx,
  runtime: Pick<Runtime, 'clock'>,
  payment: Row<'payments'>,
  by: { actor: Actor; reason: string },
): Promise<void> {
  if (!mayFollow(payment.status, 'uncollectible')) return;
  const now = runtime.clock.now();
  await updatePayment(tx, payment.id, { status: 'uncollectible', updatedAt: now });
  await audit(tx, runtime.clock, {
    actor: by.actor,
    action: 'payment.uncollectible',
    subject: { kind: 'payment', id: payment.id },
    details: { from: payment.status, reason: by.reason },
  });
}
