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
 * Acts on an amount owed while nothing is open by which it could be paid: every way that was opened before
 * is ended at Stripe, and when another tab has opened one in the meantime, that one is ended too.
 * @param find reads the payment, and throws a Refusal when it is no longer what the act is for
 * @param act writes, in the transaction in which no way is open and the customer's row is held
 * @throws Refusal what `find` throws, `payment_under_way`, `stripe_unavailable`
 */
export async function withNoWayToPay<Done, Found extends Pick<Payable, 'payment'>>(
  runtime: Runtime,
  find: (db: Db) => Promise<Found>,
  act: (tx: Tx, found: Found) => Promise<Done>,
  keep: { ownIntent: boolean } = { ownIntent: false },
): Promise<Done> {
  for (let round = 0; round < mostRounds; round += 1) {
    const { payment } = await find(runtime.db);
    await retireWaysToPay(runtime, payment, keep);
    const acted = await inTransaction(runtime.db, async (tx) => {
      await lockCustomer(tx, payment.customerId);
      // What was just ended may have been paid a moment before.
      const found = await find(tx);
      if (await hasOpenWay(tx, found.payment.id, keep)) return null;
      return { done: await act(tx, found) };
    });
    if (acted) return acted.done;
  }
  throw new Refusal('payment_under_way');
}

/**
 * Opens a way in which an amount owed can be paid by its shopper, and no second one.
 * @param open writes the new way, in the transaction in which there is no other
 * @throws Refusal as {@link withNoWayToPay}
 */
export function openWayToPay<Way, Found extends Pick<Payable, 'payment'>>(
  runtime: Runtime,
  find: (db: Db) => Promise<Found>,
  open: (tx: Tx, payable: Found) => Promise<Way>,
  keep: { ownIntent: boolean } = { ownIntent: false },
): Promise<Way> {
  const openFor = async (tx: Tx, payable: Found): Promise<Way> => {
    // From here on the worker leaves it to the shopper for a while.
    await updatePayment(tx, payable.payment.id, { shopperStepAt: runtime.clock.now() });
    return open(tx, payable);
  };
  return withNoWayToPay(runtime, find, openFor, keep);
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
