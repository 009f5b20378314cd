import type { Db, Row } from '@onfile/db/database.ts';
import { findOpenAttempt } from '@onfile/db/tables/attempts.ts';
import { findOrder } from '@onfile/db/tables/orders.ts';
import { listOrderPayments } from '@onfile/db/tables/payments.ts';
import { Refusal } from '../refusal.ts';

export interface Payable {
  order: Row<'orders'>;
  payment: Row<'payments'>;
}

/**
 * What a shopper can pay on an order now: the first amount that is owed and not on its way.
 * @throws Refusal `not_found` (also for somebody else's), `payment_under_way`, `order_not_payable`
 */
export async function findPayable(
  db: Db,
  ask: { customerId: string; orderId: string },
): Promise<Payable> {
  const order = await findOrder(db, ask.orderId);
  if (order?.customerId !== ask.customerId) throw new Refusal('not_found', 'orderId');
  const payments = await listOrderPayments(db, order.id);
  const payment = payments.find(
    ({ kind, status }) =>
      kind !== 'hold' && (status === 'requires_payment_method' || status === 'requires_action'),
  );
  // An attempt that nobody knows the end of yet may still charge: nothing else is opened beside it.
  const isAsked = payment && (await findOpenAttempt(db, payment.id)) !== undefined;
  if (payment && order.status === 'open' && !isAsked) return { order, payment };
  const isUnderWay = isAsked === true || payments.some(({ status }) => status === 'processing');
  throw new Refusal(isUnderWay ? 'payment_under_way' : 'order_not_payable');
}
