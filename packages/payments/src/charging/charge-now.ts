import type { Row, Tx } from '@onfile/db/database.ts';
import { listAttempts } from '@onfile/db/tables/attempts.ts';
import { updatePayment } from '@onfile/db/tables/payments.ts';
import { formatMoment } from '../format-day.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { changeOwedPayment } from './change-owed-payment.ts';
import type { StaffAsk } from './change-owed-payment.ts';
import { chargePayment, isShopperAtIt, mayChargeAhead, shopperStepMs } from './charge-payment.ts';
import { checkCharge } from './check-charge.ts';
import { findEarliestCharge, planNextStep } from './plan-next-step.ts';

/**
 * Staff charge an amount ahead of its day, or ahead of the next try that is planned. It falls due with that,
 * so that a worker charges it when this process dies. What a bank, a network or a debit's scheme forbids
 * us is forbidden to staff as well.
 * @param ask.triesSeen how many tries the page has shown: a double click, or a second tab, is one try
 * @returns the payment as it is afterwards
 * @throws Refusal `payment_paused`, `shopper_must_act`, `shopper_is_paying`, `try_too_early`, what
 *   {@link checkCharge} throws, `reason_missing`, `not_found`, `payment_being_charged`, `payment_settled`,
 *   `stripe_unavailable`
 */
export async function chargeNow(
  runtime: Runtime,
  ask: StaffAsk & { triesSeen: number },
): Promise<Row<'payments'>> {
  let wasTried = false;
  const payment = await changeOwedPayment(runtime, ask, async (tx, owed) => {
    wasTried = (await listAttempts(tx, owed.id)).length > ask.triesSeen;
    if (wasTried) return null;
    await requireChargeable(tx, runtime, owed);
    const now = runtime.clock.now();
    await updatePayment(tx, owed.id, { dueAt: Math.min(owed.dueAt, now), updatedAt: now });
    return { action: 'payment.charge_now_requested', details: { from: owed.dueAt } };
  });
  if (wasTried) return payment;
  return chargePayment(runtime, ask.paymentId, { kind: 'staff', id: ask.staffId }, ask);
}

async function requireChargeable(
  tx: Tx,
  runtime: Runtime,
  payment: Row<'payments'>,
): Promise<void> {
  const { agreementId, paymentMethodId } = payment;
  if (payment.pausedAt !== null) throw new Refusal('payment_paused');
  if (!agreementId || !paymentMethodId) throw new Refusal('shopper_must_act');
  await checkCharge(tx, { ...payment, agreementId, paymentMethodId }, runtime.clock.now());
  if (!mayChargeAhead(await planNextStep(tx, runtime, payment.id))) {
    throw new Refusal('shopper_must_act');
  }
  const { timeZone } = runtime.settings;
  if (isShopperAtIt(runtime, payment)) {
    const until = (payment.shopperStepAt ?? 0) + shopperStepMs;
    throw new Refusal('shopper_is_paying', null, { until: formatMoment(until, timeZone) });
  }
  const earliest = await findEarliestCharge(tx, runtime, payment);
  if (earliest > runtime.clock.now()) {
    throw new Refusal('try_too_early', null, { when: formatMoment(earliest, timeZone) });
  }
}
