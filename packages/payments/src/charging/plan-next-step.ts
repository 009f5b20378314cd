import type { Row, Tx } from '@onfile/db/database.ts';
import { listAttempts } from '@onfile/db/tables/attempts.ts';
import { isFrozen } from '@onfile/db/tables/frozen-methods.ts';
import { findPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { findPayment, updatePayment } from '@onfile/db/tables/payments.ts';
import type { Runtime } from '../runtime.ts';
import { nextStepOf } from './next-step.ts';

/**
 * Finds a payment's next step again and writes it down, in the transaction of whatever has changed:
 * its status, method, agreement, day or pause. No payment that is owed is ever without one.
 */
export async function planNextStep(
  tx: Tx,
  runtime: Pick<Runtime, 'clock' | 'settings'>,
  paymentId: string,
): Promise<Row<'payments'>> {
  const payment = await findPayment(tx, paymentId);
  if (!payment) throw new Error(`payment ${paymentId} is gone`);
  const attempts = await listAttempts(tx, paymentId);
  const { paymentMethodId } = payment;
  const method = paymentMethodId ? await findPaymentMethod(tx, paymentMethodId) : undefined;
  const step = nextStepOf({
    payment,
    attempts,
    methodIsFrozen: method !== undefined && (await isFrozen(tx, method)),
    now: runtime.clock.now(),
  });
  await updatePayment(tx, paymentId, step);
  return { ...payment, ...step };
}
