import { findPayment, updatePayment } from '@onfile/db/tables/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import { requireReason } from '../charging/change-owed-payment.ts';
import { formatAmount, parseAmount } from '../money.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { beginEndHold } from './begin-end-hold.ts';
import type { HoldEnd } from './begin-end-hold.ts';
import { finishEndHold } from './finish-end-hold.ts';
import { holdPayment } from '../state/hold-payment.ts';

export interface EndHeldPayment {
  paymentId: string;
  staffId: string;
  how: HoldEnd;
  /** Of a capture: as typed, in the currency's major unit; null: all. The rest is let go. */
  amount: string | null;
  /** Why; the shopper sees it. */
  reason: string;
}

/**
 * Staff capture held funds, all or a part, or let them go. The call is written down first; a second
 * click, or the other button, finds it there.
 * @throws Refusal `not_found`, `reason_missing`, what an amount can be refused for,
 *   `capture_above_hold`, `order_not_held` (also when the hold had run out), `stripe_unavailable`
 */
export async function endHeldPayment(runtime: Runtime, ask: EndHeldPayment): Promise<void> {
  const reason = requireReason(ask.reason);
  const operation = await inTransaction(runtime.db, async (tx) => {
    const payment = await holdPayment(tx, ask.paymentId);
    if (!payment) throw new Refusal('not_found', 'paymentId');
    const amountMinor = readAmount(runtime, ask, payment);
    const begun = await beginEndHold(tx, runtime, {
      payment,
      how: ask.how,
      ...(amountMinor !== null && { amountToCaptureMinor: amountMinor }),
    });
    if (ask.how === 'capture') await updatePayment(tx, payment.id, { reason });
    await audit(tx, runtime.clock, {
      actor: { kind: 'staff', id: ask.staffId },
      action: `payment.${ask.how}_requested`,
      subject: { kind: 'payment', id: payment.id },
      details: { amountMinor, reason, heldFor: payment.reason },
    });
    return begun;
  });
  await finishEndHold(runtime, operation);
  const ended = ask.how === 'capture' ? 'succeeded' : 'canceled';
  if ((await findPayment(runtime.db, ask.paymentId))?.status !== ended) {
    throw new Refusal('order_not_held');
  }
}

function readAmount(
  runtime: Runtime,
  ask: EndHeldPayment,
  payment: { amountMinor: number; currency: string },
): number | null {
  if (ask.how === 'release' || ask.amount === null) return null;
  const { currency, amountMinor: held } = payment;
  const amountMinor = parseAmount(ask.amount, currency, runtime.settings.maxChargeMajor);
  if (amountMinor > held) {
    throw new Refusal('capture_above_hold', 'amount', { held: formatAmount(held, currency) });
  }
  return amountMinor;
}
