import type { Row, Tx } from '@onfile/db/database.ts';
import { findOrder, lockOrder } from '@onfile/db/tables/orders.ts';
import { holdOwner } from '../customers/hold-owner.ts';
import { Refusal } from '../refusal.ts';

/**
 * An order, its customer's row and its own held until the transaction ends.
 * @throws Refusal `not_found`
 */
export async function holdOrder(tx: Tx, orderId: string): Promise<Row<'orders'>> {
  if (!(await findOrder(tx, orderId))) throw new Refusal('not_found', 'orderId');
  await holdOwner(tx, () => findOrder(tx, orderId));
  const order = await lockOrder(tx, orderId);
  if (!order) throw new Refusal('not_found', 'orderId');
  return order;
}
