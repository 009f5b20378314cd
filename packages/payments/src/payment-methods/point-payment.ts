import type { PaymentStatus, Tx } from '@onfile/db/database.ts';
import { lockPayment } from '@onfile/db/tables/held-payments.ts';
import { updatePayment } from '@onfile/db/tables/payments.ts';
import { planNextStep } from '../charging/plan-next-step.ts';
import type { Runtime } from '../runtime.ts';

/** In these nothing has been taken yet, and another method may be put in the place of the first. */
const changeable: PaymentStatus[] = ['scheduled', 'requires_payment_method'];

/**
 * Points an amount owed at the agreement and the method by which it is to be charged from now on, and
 * plans it anew: one that waited for its shopper is tried at once. The customer's row must be held.
 * @returns whether the payment could still be changed
 */
export async function pointPayment(
  tx: Tx,
  runtime: Pick<Runtime, 'clock' | 'settings'>,
  paymentId: string,
  at: { agreementId: string; paymentMethodId: string },
): Promise<boolean> {
  const payment = await lockPayment(tx, paymentId);
  if (!payment || !changeable.includes(payment.status)) return false;
  await updatePayment(tx, payment.id, { ...at, updatedAt: runtime.clock.now() });
  await planNextStep(tx, runtime, payment.id);
  return true;
}
