import type { RefundStatus } from '@onfile/db/after-charge.ts';
import type { Row, Tx } from '@onfile/db/database.ts';
import { findCustomer } from '@onfile/db/tables/customers.ts';
import { findPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { queueMail } from '../mail/queue-mail.ts';
import { formatAmount } from '../money.ts';
import { nameMethod } from '../payment-methods/name-method.ts';
import type { Runtime } from '../runtime.ts';

/** Statuses in which a refund is on its way back or has come back. */
const givenBack: RefundStatus[] = ['pending', 'succeeded'];

/**
 * Tells the shopper of a refund once, when it has gone out, and staff of one that came back: then the
 * shop still owes the amount.
 */
export async function tellRefund(
  tx: Tx,
  runtime: Pick<Runtime, 'clock' | 'settings'>,
  told: { payment: Row<'payments'>; before: RefundStatus; refund: Row<'refunds'> },
): Promise<void> {
  const { payment, before, refund } = told;
  const customer = await findCustomer(tx, payment.customerId);
  if (!customer) throw new Error(`customer ${payment.customerId} is gone`);
  const amount = () => formatAmount(refund.amountMinor, refund.currency);
  if (givenBack.includes(refund.status) && !givenBack.includes(before)) {
    const method =
      payment.paymentMethodId && (await findPaymentMethod(tx, payment.paymentMethodId));
    await queueMail(tx, runtime.clock, {
      kind: 'refunded',
      about: refund.id,
      to: customer.email,
      data: () => ({
        amount: amount(),
        reason: payment.reason,
        note: refund.note,
        method: method ? nameMethod(method) : '',
      }),
      customerId: customer.id,
    });
  }
  if (refund.status !== 'failed') return;
  await queueMail(tx, runtime.clock, {
    kind: 'refund_failed_staff',
    about: refund.id,
    to: runtime.settings.mail.staffAddress,
    data: () => ({
      amount: amount(),
      reason: payment.reason,
      paymentId: payment.id,
      customer: customer.email,
    }),
    customerId: customer.id,
  });
}
