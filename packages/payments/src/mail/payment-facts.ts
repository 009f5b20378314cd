import type { Row } from '@onfile/db/database.ts';
import { formatAmount } from '../money.ts';
import type { PaymentFacts } from './mail-kinds.ts';

/** What every mail about an amount owed is told. */
export function paymentFacts(
  payment: Row<'payments'>,
  customer: Pick<Row<'customers'>, 'email'>,
  more: { linkId?: string; again?: string } = {},
): PaymentFacts {
  return {
    paymentId: payment.id,
    customer: customer.email,
    amount: formatAmount(amountOf(payment), payment.currency),
    reason: payment.reason,
    why: payment.nextStepReason ?? '',
    linkId: more.linkId ?? '',
    again: more.again ?? '',
  };
}

/** Of held funds a part may have been taken. */
function amountOf(payment: Row<'payments'>): number {
  return payment.status === 'succeeded' ? payment.amountReceivedMinor : payment.amountMinor;
}
