import { m } from '@onfile/messages/messages.js';
import type { PageProps } from './$types';

type Checkout = PageProps['data']['checkout'];

/** What is due now, what later and when, from the order's own plan. */
export function sayDue({ order, plan, feeText }: Checkout): {
  what: string;
  amountText: string;
  isNow: boolean;
}[] {
  const nothingNow = { what: m.storefront_checkout_nothing_now(), amountText: '', isNow: true };
  if (plan.kind === 'card_kept') {
    const what = m.storefront_checkout_fee_later({ hours: plan.freeCancellationHours });
    return [nothingNow, { what, amountText: feeText ?? '', isNow: false }];
  }
  const lines = order.payments
    .filter(({ status }) => status !== 'canceled')
    .map((payment) => ({
      what: sayPayment(payment),
      amountText: payment.amountText,
      isNow: payment.kind !== 'hold' && payment.status !== 'scheduled',
    }));
  return plan.kind === 'hold' ? [nothingNow, ...lines] : lines;
}

function sayPayment({ kind, status, dueOn }: Checkout['order']['payments'][number]): string {
  if (kind === 'hold') return m.storefront_checkout_hold_on({ day: dueOn });
  if (status === 'scheduled') return m.storefront_checkout_due_on({ day: dueOn });
  if (status === 'succeeded') return m.storefront_checkout_paid();
  return m.storefront_checkout_due_now();
}
