import type { Db, Instant, Row } from '@onfile/db/database.ts';
import { agreementStands } from '../agreements/agreement-stands.ts';

/** Whether an amount is to be charged, or held, while its shopper is away: not what they pay in person. */
function isToCome({ agreementId, kind, status }: Row<'payments'>): boolean {
  if (status === 'scheduled') return true;
  return status === 'requires_payment_method' && (kind === 'hold' || agreementId !== null);
}

/**
 * Whether an amount that an order comes to owe waits for its shopper to keep a card for it: there is
 * none, or what they agreed to has ended.
 */
export async function waitsForCard(
  db: Db,
  payment: Row<'payments'>,
  now: Instant,
): Promise<boolean> {
  if (!isToCome(payment)) return false;
  return !payment.paymentMethodId || !(await agreementStands(db, payment.agreementId, now));
}
