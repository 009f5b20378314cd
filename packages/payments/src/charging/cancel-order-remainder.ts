import type { Db, Row } from '@onfile/db/database.ts';
import { lockCustomer } from '@onfile/db/tables/customers.ts';
import { findOrder, lockOrder } from '@onfile/db/tables/orders.ts';
import { listOrderPayments } from '@onfile/db/tables/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import { withNoWayToPay } from '../checkout/open-way-to-pay.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { cancelPayment } from '../state/cancel-payment.ts';
import { endOrder } from '../state/settle-order.ts';
import { requireReason } from './change-owed-payment.ts';
import { writePause } from './pause-payment.ts';
import { planNextStep } from './plan-next-step.ts';
import { requireOwed } from './require-owed.ts';

interface RemainderAsk {
  orderId: string;
  staffId: string;
  reason: string;
}

const isOver = ({ status }: Row<'payments'>) => status === 'succeeded' || status === 'canceled';

/**
 * Staff cancel everything of an order that has not been paid, which ends the order: as paid when something
 * was, as canceled when nothing was. All of it is paused at once before the first way to pay is ended, so
 * that a process that dies in between leaves it paused, never charged; asked for again, it goes on.
 * @throws Refusal `reason_missing`, `not_found`, `order_ended`, `order_holds_funds`,
 *   `payment_being_charged`, `payment_settled`, `payment_under_way`, `stripe_unavailable`
 */
export async function cancelOrderRemainder(runtime: Runtime, ask: RemainderAsk): Promise<void> {
  const actor = { kind: 'staff', id: ask.staffId } as const;
  const reason = requireReason(ask.reason);
  for (const { id } of await pauseRemainder(runtime, { ...ask, reason })) {
    const find = async (db: Db) => ({
      payment: await requireOwed(db, id, { givenUp: true }),
    });
    await withNoWayToPay(runtime, find, (tx, { payment }) =>
      cancelPayment(tx, runtime, payment, { actor, reason }),
    );
  }
  await inTransaction(runtime.db, (tx) => endOrder(tx, runtime.clock, ask.orderId, actor));
}

async function pauseRemainder(runtime: Runtime, ask: RemainderAsk): Promise<Row<'payments'>[]> {
  return inTransaction(runtime.db, async (tx) => {
    const found = await findOrder(tx, ask.orderId);
    if (!found) throw new Refusal('not_found', 'orderId');
    await lockCustomer(tx, found.customerId);
    const order = await lockOrder(tx, ask.orderId);
    if (order?.status !== 'open') throw new Refusal('order_ended');
    const payments = await listOrderPayments(tx, ask.orderId);
    if (payments.some(({ status }) => status === 'requires_capture')) {
      throw new Refusal('order_holds_funds');
    }
    const left = payments.filter((payment) => !isOver(payment));
    for (const { id } of left) {
      await requireOwed(tx, id, { givenUp: true });
      await writePause(tx, runtime, id);
      await planNextStep(tx, runtime, id);
    }
    await audit(tx, runtime.clock, {
      actor: { kind: 'staff', id: ask.staffId },
      action: 'order.remainder_cancel_requested',
      subject: { kind: 'order', id: ask.orderId },
      details: { reason: ask.reason, payments: left.map(({ id }) => id) },
    });
    return left;
  });
}
