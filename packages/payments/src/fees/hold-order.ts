import type { Row, Tx } from '@onfile/db/database.ts';
import { lockCustomer } from '@onfile/db/tables/customers.ts';
import { findOrder, lockOrder } from '@onfile/db/tables/orders.ts';
import { Refusal } from '../refusal.ts';

/**
 * An order, its customer's row and its own held until the transaction ends.
 * @throws Refusal `not_found`
 */
export async function holdOrder(tx: Tx, orderId: string): Promise<Row<'orders'>> {
  const found = await findOrder(tx, orderId);
  if (!found) throw new Refusal('not_found', 'orderId');
  await lockCustomer(tx, found.customerId);
  const order = await lockOrder(tx, orderId);
  if (!order) throw new Refusal('not_found', 'orderId');
  return order;
}
