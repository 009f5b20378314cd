import type { OrderPage } from '@onfile/db/views/order-pages.ts';
import { listOrders } from '@onfile/db/views/order-pages.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { Refusal } from '@onfile/payments/refusal.ts';

/** @throws Refusal `not_found`, also for somebody else's */
export async function readOwnOrder(
  runtime: Runtime,
  ask: { customerId: string; orderId: string },
): Promise<OrderPage> {
  const [order] = await listOrders(runtime.db, { ...ask, limit: 1 });
  if (!order) throw new Refusal('not_found', 'orderId');
  return order;
}
