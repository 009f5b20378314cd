import type { OrderPage } from '@onfile/db/views/order-pages.ts';
import { coversFees } from '@onfile/payments/fees/covers-fees.ts';
import { costOfCanceling, feeOfReservation } from '@onfile/payments/fees/fee-of-order.ts';
import { missedKey } from '@onfile/payments/fees/owe-fee.ts';
import { formatMoment } from '@onfile/payments/format-day.ts';
import { formatAmount } from '@onfile/payments/money.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';

/** What an order's shopper may still cancel, and at which price, and what staff may charge after its day. */
export function showFees(order: OrderPage, runtime: Pick<Runtime, 'clock' | 'settings'>) {
  const now = runtime.clock.now();
  const isOpen = order.status === 'open';
  const isPast = order.eventAt !== null && order.eventAt <= now;
  const isAgreed = coversFees(order.agreement, now);
  const fee = feeOfReservation(order);
  const hasMissedFee = order.payments.some(
    ({ chargeRequestId }) => chargeRequestId === missedKey(order.id),
  );
  return {
    /** Null where nothing can be called off any more, or another plan says how. */
    cancellation:
      fee && isOpen && !isPast
        ? {
            hasFee: isAgreed && fee.amountMinor > 0,
            feeText: formatAmount(fee.amountMinor, order.currency),
            freeUntil: formatMoment(fee.freeUntil, runtime.settings.timeZone),
            costsNow: isAgreed && costOfCanceling(fee, now) > 0,
          }
        : null,
    /** What nobody having come costs; null where it cannot be charged. */
    noShowText:
      fee && fee.amountMinor > 0 && isOpen && isPast && isAgreed && !hasMissedFee
        ? formatAmount(fee.amountMinor, order.currency)
        : null,
    mayChargeDamage: isPast && isAgreed && order.status !== 'canceled',
  };
}
