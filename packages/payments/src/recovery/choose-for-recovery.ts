import { chargePayment } from '../charging/charge-payment.ts';
import { chooseMethodForPayment } from '../payment-methods/choose-method-for-payment.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { requirePayable } from './find-recovery.ts';

/**
 * A signed-in shopper pays with another of the methods that they have on file: it joins the agreement
 * and is charged at once. A bank that wants to see them says so, and the page offers that step next.
 * @throws Refusal as {@link requirePayable}, `not_found` for who does not own the payment, and what
 *   {@link chooseMethodForPayment} throws
 */
export async function chooseForRecovery(
  runtime: Runtime,
  choice: { token: string | null; customerId: string; paymentMethodId: string },
): Promise<void> {
  const { payment } = await requirePayable(runtime, choice.token);
  if (payment.customerId !== choice.customerId) throw new Refusal('not_found', 'paymentMethodId');
  await chooseMethodForPayment(runtime, { ...choice, paymentId: payment.id });
  await chargePayment(runtime, payment.id, { kind: 'shopper', id: choice.customerId });
}
