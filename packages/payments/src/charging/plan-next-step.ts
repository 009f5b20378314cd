import type { Row, Tx } from '@onfile/db/database.ts';
import { listAttempts } from '@onfile/db/tables/attempts.ts';
import { findPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { findPayment, updatePayment } from '@onfile/db/tables/payments.ts';
import type { Runtime } from '../runtime.ts';
import { giveUpPayment } from '../state/give-up-payment.ts';
import { findObstacle } from './find-obstacle.ts';
import { nextStepOf } from './next-step.ts';

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
  const now = runtime.clock.now();
  const { isExhausted, ...step } = nextStepOf({
    payment,
    attempts: await listAttempts(tx, paymentId),
    method: payment.paymentMethodId
      ? ((await findPaymentMethod(tx, payment.paymentMethodId)) ?? null)
      : null,
    obstacle: await findObstacle(tx, payment, now),
    timeZone: runtime.settings.timeZone,
    now,
  });
  await updatePayment(tx, paymentId, { ...step, leasedUntil: null, leaseHolder: null });
  if (isExhausted) {
    const reason = step.nextStepReason ?? 'unknown';
    await giveUpPayment(tx, runtime, payment, { actor: { kind: 'worker' }, reason });
  }
  const after = await findPayment(tx, paymentId);
  if (!after) throw new Error(`payment ${paymentId} is gone`);
  return after;
}
