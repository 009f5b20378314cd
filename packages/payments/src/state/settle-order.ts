import type { OrderStatus } from '@onfile/db/shop.ts';
import type { Row, Tx } from '@onfile/db/database.ts';
import { lockOrder, updateOrder } from '@onfile/db/tables/orders.ts';
import { listOrderPayments } from '@onfile/db/tables/payments.ts';
import type { Actor } from '../audit.ts';
import { audit } from '../audit.ts';
import type { Clock } from '../clock.ts';

/**
 * What an order is, by what it owes: paid when all of that is paid, canceled when all of it was
 * canceled. Holds owe nothing, and a paid or canceled order stays so.
 */
function statusOf(payments: Row<'payments'>[]): OrderStatus {
  const owed = payments.filter(({ kind }) => kind !== 'hold');
  const left = owed.filter(({ status }) => status !== 'canceled');
  if (owed.length === 0 || left.some(({ status }) => status !== 'succeeded')) return 'open';
  return left.length === 0 ? 'canceled' : 'paid';
}

/** The door's neighbour: an order follows its payments, in the transaction that settles one. */
export async function settleOrder(
  tx: Tx,
  clock: Clock,
  orderId: string,
  actor: Actor,
): Promise<void> {
  const order = await lockOrder(tx, orderId);
  if (order?.status !== 'open') return;
  const status = statusOf(await listOrderPayments(tx, orderId));
  if (status !== 'open') await writeEnd(tx, clock, { orderId, status, actor });
}

/** Staff have canceled what was left of an order: with nothing paid before, it is canceled as a whole. */
export async function endOrder(tx: Tx, clock: Clock, orderId: string, actor: Actor): Promise<void> {
  const order = await lockOrder(tx, orderId);
  if (order?.status !== 'open') return;
  const isPaid = (await listOrderPayments(tx, orderId)).some(
    ({ status }) => status === 'succeeded',
  );
  await writeEnd(tx, clock, { orderId, status: isPaid ? 'paid' : 'canceled', actor });
}

async function writeEnd(
  tx: Tx,
  clock: Clock,
  end: { orderId: string; status: 'paid' | 'canceled'; actor: Actor },
): Promise<void> {
  const { orderId, status, actor } = end;
  await updateOrder(tx, { id: orderId, change: { status, updatedAt: clock.now() } });
  await audit(tx, clock, {
    actor,
    action: `order.${status}`,
    subject: { kind: 'order', id: orderId },
  });
}
