import type { Db, Row } from '@onfile/db/database.ts';
import { findAgreement } from '@onfile/db/tables/agreements.ts';
import { sumUnderAgreement, updatePayment } from '@onfile/db/tables/payments.ts';
import { leftUnderCap } from '../agreements/check-cap.ts';
import { withNoWayToPay } from '../checkout/open-way-to-pay.ts';
import { formatAmount, parseAmount } from '../money.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { requireReason, writeDecision } from './change-owed-payment.ts';
import type { StaffAsk } from './change-owed-payment.ts';
import { requireOwed } from './require-owed.ts';

/**
 * Staff change an amount before it is due, within what its agreement leaves and in the currency's steps.
 * Every page on which the old amount could be paid is ended first, and an intent over it is canceled: the
 * next try makes one over the new amount.
 * @param ask.amount as typed, in the currency's major unit
 * @throws Refusal at `amount` for what is wrong with it, `agreement_cap_exceeded`, `payment_due_already`,
 *   `reason_missing`, `not_found`, `payment_being_charged`, `payment_settled`, `payment_under_way`,
 *   `stripe_unavailable`
 */
export async function changeAmount(
  runtime: Runtime,
  ask: StaffAsk & { amount: string },
): Promise<Row<'payments'>> {
  const reason = requireReason(ask.reason);
  const find = async (db: Db) => {
    const payment = await requireOwed(db, ask.paymentId);
    if (payment.dueAt <= runtime.clock.now()) throw new Refusal('payment_due_already', 'amount');
    const { currency } = payment;
    const amountMinor = parseAmount(ask.amount, currency, runtime.settings.maxChargeMajor);
    await requireRoom(db, payment, amountMinor);
    return { payment, amountMinor };
  };
  const now = await find(runtime.db);
  if (now.amountMinor === now.payment.amountMinor) return now.payment;
  return withNoWayToPay(runtime, find, async (tx, { payment, amountMinor }) => {
    const updatedAt = runtime.clock.now();
    await updatePayment(tx, payment.id, { amountMinor, updatedAt });
    const details = { from: payment.amountMinor, to: amountMinor, currency: payment.currency };
    return writeDecision(tx, runtime, {
      ask: { ...ask, reason },
      before: payment,
      decision: { action: 'payment.amount_changed', details },
    });
  });
}

/** Within what other payments have left of the agreement; the day itself asks once more. */
async function requireRoom(db: Db, payment: Row<'payments'>, amountMinor: number): Promise<void> {
  const agreement = payment.agreementId ? await findAgreement(db, payment.agreementId) : undefined;
  if (!agreement) return;
  const left = leftUnderCap(agreement.capAmountMinor, await sumUnderAgreement(db, agreement.id));
  if (amountMinor <= left) return;
  throw new Refusal('agreement_cap_exceeded', 'amount', {
    left: formatAmount(left, agreement.currency),
    cap: formatAmount(agreement.capAmountMinor, agreement.currency),
  });
}
