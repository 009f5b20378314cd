import { m } from '@onfile/messages/messages.js';
import { formatDate } from '#lib/format-date.ts';
import type { PageProps } from './$types';

type Waiting = PageProps['data']['methods'][number]['waiting'][number];

const kinds: Record<Waiting['kind'], () => string> = {
  full: m.storefront_payment_kind_full,
  deposit: m.storefront_payment_kind_deposit,
  balance: m.storefront_payment_kind_balance,
  fee: m.storefront_payment_kind_fee,
  hold: m.storefront_payment_kind_hold,
};

/** What a method is used for next: `Used by: balance for order K7MQ-92TX on 12 May 2027, $45.00`. */
export function sayUse(payment: Waiting): string {
  const what = payment.orderNumber
    ? m.storefront_methods_for_order({
        kind: kinds[payment.kind](),
        number: payment.orderNumber,
      })
    : payment.reason;
  const said = { what, date: formatDate(payment.dueAt), amount: payment.amountText };
  return payment.isOverdue
    ? m.storefront_methods_used_by_overdue(said)
    : m.storefront_methods_used_by(said);
}
