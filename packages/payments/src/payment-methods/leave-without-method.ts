import type { Row, Tx } from '@onfile/db/database.ts';
import { updatePayment } from '@onfile/db/tables/payments.ts';
import { planNextStep } from '../charging/plan-next-step.ts';
import { queueMail } from '../mail/queue-mail.ts';
import { formatAmount } from '../money.ts';
import type { Runtime } from '../runtime.ts';

/**
 * Payments whose method is gone and that nothing replaces: each waits for a method, and both sides
 * are told, once for each payment and method.
 */
export async function leaveWithoutMethod(
  tx: Tx,
  runtime: Pick<Runtime, 'clock' | 'settings'>,
  left: {
    customer: Row<'customers'>;
    method: Row<'paymentMethods'>;
    payments: Row<'payments'>[];
  },
): Promise<void> {
  const { customer, method, payments } = left;
  for (const payment of payments) {
    await updatePayment(tx, payment.id, {
      paymentMethodId: null,
      updatedAt: runtime.clock.now(),
    });
    await planNextStep(tx, runtime, payment.id);
    const about = `${payment.id}:${method.id}`;
    const facts = () => ({
      amount: formatAmount(payment.amountMinor, payment.currency),
      reason: payment.reason,
    });
    await queueMail(tx, runtime.clock, {
      kind: 'method_needed',
      about,
      to: customer.email,
      data: facts,
      customerId: customer.id,
    });
    await queueMail(tx, runtime.clock, {
      kind: 'method_needed_staff',
      about,
      to: runtime.settings.mail.staffAddress,
      data: () => ({ ...facts(), paymentId: payment.id, customer: customer.email }),
      customerId: customer.id,
    });
  }
}
