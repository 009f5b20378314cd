import type { Db, Row, Tx } from '@onfile/db/database.ts';
import { listOrderPayments } from '@onfile/db/tables/payments.ts';
import { withNoWayToPay } from '../checkout/open-way-to-pay.ts';
import type { Runtime } from '../runtime.ts';
import { cancelPayment } from '../state/cancel-payment.ts';
import { settleOrder } from '../state/settle-order.ts';
import { changeOwedPayment, requireReason } from './change-owed-payment.ts';
import type { StaffAsk } from './change-owed-payment.ts';
import { writePause } from './pause-payment.ts';
import { requireOwed } from './require-owed.ts';

const givenUpToo = { givenUp: true };

/**
 * Staff waive one amount: it is canceled, and its order goes on. It is paused before every way to pay it is
 * ended at Stripe, so that a process that dies in between leaves it paused, never charged.
 * @throws Refusal `reason_missing`, `not_found`, `payment_being_charged`, `payment_settled` (also when the
 *   shopper was faster), `payment_under_way`, `stripe_unavailable`
 */
export async function skipPayment(runtime: Runtime, ask: StaffAsk): Promise<Row<'payments'>> {
  const pause = async (tx: Tx, payment: Row<'payments'>) => {
    await writePause(tx, runtime, payment.id);
    return { action: 'payment.skip_requested' } as const;
  };
  await changeOwedPayment(runtime, ask, pause, givenUpToo);
  return endWaysAndCancel(runtime, ask);
}

/** What follows once an amount is paused; safe to be done again after a crash. */
function endWaysAndCancel(runtime: Runtime, ask: StaffAsk): Promise<Row<'payments'>> {
  const actor = { kind: 'staff', id: ask.staffId } as const;
  const find = async (db: Db) => ({
    payment: await requireOwed(db, ask.paymentId, givenUpToo),
  });
  return withNoWayToPay(runtime, find, async (tx, { payment }) => {
    const after = await cancelPayment(tx, runtime, payment, {
      actor,
      reason: requireReason(ask.reason),
    });
    // An order of which nothing was paid and nothing is owed goes on: its booking stands.
    if (payment.orderId && (await isPartlyPaid(tx, payment.orderId))) {
      await settleOrder(tx, runtime.clock, payment.orderId, actor);
    }
    return after;
  });
}

async function isPartlyPaid(db: Db, orderId: string): Promise<boolean> {
  return (await listOrderPayments(db, orderId)).some(({ status }) => status === 'succeeded');
}
