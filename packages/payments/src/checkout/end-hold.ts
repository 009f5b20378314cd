import { findOrder } from '@onfile/db/tables/orders.ts';
import { listOrderPayments } from '@onfile/db/tables/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import { holdOrder } from '../fees/hold-order.ts';
import { beginEndHold } from '../holds/begin-end-hold.ts';
import type { HoldEnd } from '../holds/begin-end-hold.ts';
import { finishEndHold } from '../holds/finish-end-hold.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { planOf } from './payment-plan.ts';

/**
 * The stock was checked: staff capture what is held for an order, or release it, which ends the
 * order. The call is written down first; a second click, or the other button, finds it there.
 * @throws Refusal `not_found`, `order_not_held` (also when the hold had run out), `stripe_unavailable`
 */
export async function endHold(
  runtime: Runtime,
  ask: { orderId: string; staffId: string; end: HoldEnd },
): Promise<void> {
  const operation = await inTransaction(runtime.db, async (tx) => {
    // Customer first, as the door does, which takes the order last.
    const order = await holdOrder(tx, ask.orderId);
    const payments =
      planOf(order).kind === 'check_stock' ? await listOrderPayments(tx, order.id) : [];
    const held = payments.find(({ status }) => status === 'requires_capture');
    if (!held) throw new Refusal('order_not_held');
    const begun = await beginEndHold(tx, runtime, { payment: held, how: ask.end });
    await audit(tx, runtime.clock, {
      actor: { kind: 'staff', id: ask.staffId },
      action: `order.${ask.end}_requested`,
      subject: { kind: 'order', id: order.id },
      details: { payment: held.id },
    });
    return begun;
  });
  await finishEndHold(runtime, operation);
  const ended = ask.end === 'capture' ? 'paid' : 'canceled';
  if ((await findOrder(runtime.db, ask.orderId))?.status !== ended) {
    throw new Refusal('order_not_held');
  }
}
