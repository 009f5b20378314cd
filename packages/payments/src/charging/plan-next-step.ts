import type { Instant, Row, Tx } from '@onfile/db/database.ts';
import { listAttempts } from '@onfile/db/tables/attempts.ts';
import { findPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { changePayment, findPayment } from '@onfile/db/tables/payments.ts';
import { findNoticedFrom } from './find-noticed-from.ts';
import type { Runtime } from '../runtime.ts';
import { giveUpPayment } from '../state/give-up-payment.ts';
import { findObstacle } from './find-obstacle.ts';
import { earliestChargeOf, hasNextStep, nextStepOf, noStep } from './next-step.ts';
import type { PaymentFacts } from './next-step.ts';

/**
 * Finds a payment's next step again and writes it down, in the transaction of whatever has changed:
 * its status, method, agreement, day or pause. No payment that is owed is ever without one; one whose
 * plan has no try left is given up.
 * @returns the payment as it is now
 */
export async function planNextStep(
  tx: Tx,
  runtime: Pick<Runtime, 'clock' | 'settings'>,
  paymentId: string,
): Promise<Row<'payments'>> {
  const payment = await findPayment(tx, paymentId);
  if (!payment) throw new Error(`payment ${paymentId} is gone`);
  return planStepOf(tx, runtime, payment);
}

/** The same for a payment as it was just read or written in this transaction. */
export async function planStepOf(
  tx: Tx,
  runtime: Pick<Runtime, 'clock' | 'settings'>,
  payment: Row<'payments'>,
): Promise<Row<'payments'>> {
  const { isExhausted, ...step } = hasNextStep(payment)
    ? nextStepOf(await factsOf(tx, runtime, payment))
    : noStep;
  const change = { ...step, leasedUntil: null, leaseHolder: null };
  const isAsBefore = Object.entries(change).every(
    ([column, value]) => payment[column as keyof typeof change] === value,
  );
  const planned = isAsBefore ? payment : await changePayment(tx, { id: payment.id, change });
  if (!isExhausted) return planned;
  const reason = step.nextStepReason ?? 'unknown';
  await giveUpPayment(tx, runtime, payment, { actor: { kind: 'worker' }, reason });
  const after = await findPayment(tx, payment.id);
  if (!after) throw new Error(`payment ${payment.id} is gone`);
  return after;
}

/**
 * From when on staff may charge a payment ahead of what is planned for it: now, unless a bank's no, a
 * network's ceiling or a debit's notice stands before it.
 */
export async function findEarliestCharge(
  tx: Tx,
  runtime: Pick<Runtime, 'clock' | 'settings'>,
  payment: Row<'payments'>,
): Promise<Instant> {
  return earliestChargeOf(await factsOf(tx, runtime, payment));
}

async function factsOf(
  tx: Tx,
  runtime: Pick<Runtime, 'clock' | 'settings'>,
  payment: Row<'payments'>,
): Promise<PaymentFacts> {
  const { paymentMethodId } = payment;
  const method = paymentMethodId ? await findPaymentMethod(tx, paymentMethodId) : undefined;
  const now = runtime.clock.now();
  return {
    payment,
    attempts: await listAttempts(tx, payment.id),
    method: method ?? null,
    obstacle: await findObstacle(tx, payment, now),
    timeZone: runtime.settings.timeZone,
    noticedFrom: await findNoticedFrom(tx, payment, { type: method?.type ?? null, now }),
    now,
  };
}
