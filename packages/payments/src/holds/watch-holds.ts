import { listHoldsToEnd } from '@onfile/db/tables/holds.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import type { Runtime } from '../runtime.ts';
import { orLogged } from '../worker/or-logged.ts';
import { holdPayment } from '../state/hold-payment.ts';
import { beginEndHold } from './begin-end-hold.ts';

/** So long before the bank lets go, what was chosen is done: time enough for an outage of Stripe's. */
const leadMs = 2 * 60 * 60 * 1000;

/** Few enough for one turn. */
const limit = 20;

/**
 * Ends holds as it was chosen beforehand, before their bank does: lets go, captures, or lets go to hold
 * anew. What is decided here is only written down; the call is an operation's, made once by whichever
 * worker takes it. One that Stripe has refused is left to the alerts and to staff.
 * @returns how many were decided
 */
export async function watchHolds(runtime: Runtime): Promise<number> {
  const before = runtime.clock.now() + leadMs;
  const due = await listHoldsToEnd(runtime.db, { before, limit });
  let decided = 0;
  for (const { id } of due) {
    const end = () => endAtItsTime(runtime, id, before);
    if (await orLogged(runtime, { payment: id }, end)) decided += 1;
  }
  return decided;
}

/** Everything is read again while the row is held: another worker, or staff, may have been first. */
function endAtItsTime(runtime: Runtime, paymentId: string, before: number): Promise<boolean> {
  return inTransaction(runtime.db, async (tx) => {
    await holdPayment(tx, paymentId);
    const [payment] = await listHoldsToEnd(tx, { before, limit: 1, paymentId });
    if (!payment) return false;
    await beginEndHold(tx, runtime, {
      payment,
      how: payment.holdEnd === 'capture' ? 'capture' : 'release',
      asChosen: true,
    });
    await audit(tx, runtime.clock, {
      actor: { kind: 'worker' },
      action: 'payment.hold_end_reached',
      subject: { kind: 'payment', id: payment.id },
      details: { holdEnd: payment.holdEnd, captureBefore: payment.captureBefore },
    });
    return true;
  });
}
