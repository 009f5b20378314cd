import type { Instant, Row, Tx } from '@onfile/db/database.ts';
import { Refusal } from '../refusal.ts';
import type { RefusalCode } from '../refusal.ts';
import { requireChargeable } from './check-charge.ts';

/**
 * What keeps a payment from being charged while its shopper is away: the agreement has ended, the
 * method is gone, its mandate was taken back.
 * @returns null when nothing does, or when it has no agreement and method yet
 */
export async function findObstacle(
  tx: Tx,
  payment: Row<'payments'>,
  now: Instant,
): Promise<RefusalCode | null> {
  const { agreementId, paymentMethodId } = payment;
  if (!agreementId || !paymentMethodId) return null;
  try {
    await requireChargeable(tx, { ...payment, agreementId, paymentMethodId }, now);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}
