import type { Instant, Row } from '@onfile/db/database.ts';
import { planOf, shareOf } from '../checkout/payment-plan.ts';
import { getCurrency } from '../money.ts';

/** What a fee is for, as a closed list. */
export const feeKinds = ['no_show', 'late_cancellation', 'damage'] as const;
export type FeeKind = (typeof feeKinds)[number];

/** What a reservation costs whose guest cancels late or does not come. */
export interface ReservationFee {
  /** In the minor unit of the order's currency; 0: nothing. */
  amountMinor: number;
  /** Up to and including this instant canceling is free. */
  freeUntil: Instant;
  eventAt: Instant;
}

const hourMs = 60 * 60 * 1000;

/**
 * The fee that a reservation's plan names; null for orders of other plans. The notice is counted in
 * hours that pass, whatever the clocks on the wall do meanwhile. A share below what a card can be
 * charged with is nothing.
 */
export function feeOfReservation(
  order: Pick<Row<'orders'>, 'plan' | 'totalMinor' | 'currency' | 'eventAt'>,
): ReservationFee | null {
  const plan = planOf(order);
  const { eventAt } = order;
  if (plan.kind !== 'card_kept' || eventAt === null) return null;
  const share = shareOf(order.totalMinor, plan.feePercent, order.currency);
  return {
    amountMinor: share < getCurrency(order.currency).minimumMinor ? 0 : share,
    freeUntil: eventAt - plan.freeCancellationHours * hourMs,
    eventAt,
  };
}

/** What canceling costs when notice is given at an instant: exactly at the border it is free. */
export function costOfCanceling(fee: ReservationFee, noticeAt: Instant): number {
  return noticeAt <= fee.freeUntil ? 0 : fee.amountMinor;
}
