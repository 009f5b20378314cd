import { findPayment } from '@onfile/db/tables/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { ensureRecoveryLink } from './ensure-recovery-link.ts';
import { recoveryToken } from './recovery-token.ts';
import { holdPayment } from '../state/hold-payment.ts';

/**
 * The way from a shopper's own list to the page on which a payment is mended: the same link that the
 * mail has.
 * @returns the secret part of the link, for its owner
 * @throws Refusal `not_found`, also for somebody else's
 */
export async function linkForOwner(
  runtime: Runtime,
  ask: { customerId: string; paymentId: string },
): Promise<string> {
  const payment = await findPayment(runtime.db, ask.paymentId);
  if (payment?.customerId !== ask.customerId) throw new Refusal('not_found', 'paymentId');
  const link = await inTransaction(runtime.db, async (tx) => {
    await holdPayment(tx, payment.id);
    return ensureRecoveryLink(tx, runtime, payment.id, null);
  });
  return recoveryToken(runtime.settings.authSecret, link.id);
}
