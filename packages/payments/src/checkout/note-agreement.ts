import type { Instant, Tx } from '@onfile/db/database.ts';
import { findOrder, updateOrder } from '@onfile/db/tables/orders.ts';
import { agreementStands } from '../agreements/agreement-stands.ts';

/**
 * Notes on an order what was agreed to for it. One under which a card is kept already stays: a second
 * page that was opened beside it, and left, takes nothing away.
 */
export async function noteAgreement(
  tx: Tx,
  noted: { orderId: string; agreementId: string; now: Instant },
): Promise<void> {
  const { orderId, agreementId, now } = noted;
  const order = await findOrder(tx, orderId);
  if (!order || order.agreementId === agreementId) return;
  if (await agreementStands(tx, order.agreementId, now)) return;
  await updateOrder(tx, { id: orderId, change: { agreementId, updatedAt: now } });
}
