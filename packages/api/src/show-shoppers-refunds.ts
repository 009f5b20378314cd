import type { PaymentLine } from '@onfile/db/views/payment-pages.ts';
import { formatAmount } from '@onfile/payments/money.ts';
import { isOwed } from '@onfile/payments/refunds/is-owed.ts';

type RefundRow = PaymentLine['refunds'][number];

/**
 * How a refund is shown to the shopper; what Stripe refused or staff called back gave nothing and is
 * not shown.
 * - `owed`: their bank sent it back, and the shop still owes it
 */
type RefundState = 'on_its_way' | 'needs_step' | 'refunded' | 'owed' | 'settled_otherwise';

function stateOf(refund: RefundRow, all: RefundRow[]): RefundState | null {
  switch (refund.status) {
    case 'open':
    case 'pending':
      return 'on_its_way';
    case 'requires_action':
      return 'needs_step';
    case 'succeeded':
      return 'refunded';
    case 'failed':
      if (refund.settledOtherwiseAt !== null) return 'settled_otherwise';
      return isOwed(refund, all) ? 'owed' : null;
    case 'canceled':
    case 'refused':
      return null;
  }
}

/** What was given back of a payment, for its shopper. @param all every refund of the payment */
export function showShoppersRefunds(all: RefundRow[]) {
  return all.flatMap((refund) => {
    const state = stateOf(refund, all);
    if (!state) return [];
    return [
      {
        id: refund.id,
        amountText: formatAmount(refund.amountMinor, refund.currency),
        state,
        note: refund.settledOtherwiseNote ?? refund.note,
        createdAt: refund.createdAt,
      },
    ];
  });
}
