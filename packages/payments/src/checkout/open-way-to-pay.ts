import type { Db, Tx } from '@onfile/db/database.ts';
import { listOpenSessionsOf } from '@onfile/db/tables/checkout-sessions.ts';
import { lockCustomer } from '@onfile/db/tables/customers.ts';
import { findLiveIntent } from '@onfile/db/tables/payment-intents.ts';
import { updatePayment } from '@onfile/db/tables/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { isTerminalIntent } from '../state/payment-status.ts';
import type { Payable } from './find-payable.ts';
import { listOpenCreates } from './finish-create-intent.ts';
import { retireWaysToPay } from './retire-ways-to-pay.ts';

/** Two tabs may retire each other's page once or twice; more often than this, somebody is not a person. */
const mostRounds = 4;

/**
 * Opens a way in which an amount owed can be paid by its shopper, and no second one: those that were opened
 * before are ended, and when another tab has opened one in the meantime, that one is ended too.
 * @param find reads what can be paid, and throws a Refusal when it no longer can
 * @param open writes the new way, in the transaction in which there is no other
 * @throws Refusal what `find` throws, `payment_under_way`, `stripe_unavailable`
 */
export async function openWayToPay<Way, Found extends Pick<Payable, 'payment'>>(
  runtime: Runtime,
  find: (db: Db) => Promise<Found>,
  open: (tx: Tx, payable: Found) => Promise<Way>,
  keep: { ownIntent: boolean } = { ownIntent: false },
): Promise<Way> {
  for (let round = 0; round < mostRounds; round += 1) {
    const { payment } = await find(runtime.db);
    await retireWaysToPay(runtime, payment, keep);
    const opened = await inTransaction(runtime.db, async (tx) => {
      await lockCustomer(tx, payment.customerId);
      // What was just ended may have been paid a moment before.
      const payable = await find(tx);
      if (await hasOpenWay(tx, payable.payment.id, keep)) return null;
      // From here on the worker leaves it to the shopper for a while.
      await updatePayment(tx, payable.payment.id, { shopperStepAt: runtime.clock.now() });
      return { way: await open(tx, payable) };
    });
    if (opened) return opened.way;
  }
  throw new Refusal('payment_under_way');
}

async function hasOpenWay(
  db: Db,
  paymentId: string,
  keep: { ownIntent: boolean },
): Promise<boolean> {
  if ((await listOpenSessionsOf(db, paymentId)).length > 0) return true;
  if ((await listOpenCreates(db, paymentId)).length > 0) return true;
  const live = await findLiveIntent(db, paymentId);
  return !keep.ownIntent && live !== undefined && !isTerminalIntent(live.status);
}
