import { fromAbsolute, parseDateTime, toCalendarDateTime, toZoned } from '@internationalized/date';
import type { Instant, Row, Tx } from '@onfile/db/database.ts';
import { findAgreement } from '@onfile/db/tables/agreements.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import type { Actor } from '../audit.ts';
import { audit } from '../audit.ts';
import { requireReason } from '../charging/change-owed-payment.ts';
import { chargePayment } from '../charging/charge-payment.ts';
import { formatMoment } from '../format-day.ts';
import { formatAmount } from '../money.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { endOrder } from '../state/settle-order.ts';
import { coversFees } from './covers-fees.ts';
import { costOfCanceling, feeOfReservation } from './fee-of-order.ts';
import type { ReservationFee } from './fee-of-order.ts';
import { holdOrder } from './hold-order.ts';
import { missedKey, oweFee } from './owe-fee.ts';

export interface Cancellation {
  orderId: string;
  /** When notice was given, as it is typed in the shop's time zone (`2027-06-30T14:05`); null: now. */
  notice: string | null;
  /** Whether whoever clicks was told of a fee: nobody pays one that the page did not name. */
  knowsOfFee: boolean;
  /** Staff let them off it. */
  isWaived?: boolean;
  /** Why; null for the shopper, who needs no reason. */
  reason: string | null;
}

/** An instant as a form has it, in the shop's time zone: `2027-06-30T14:05`. */
export function minuteInShop({ settings }: Pick<Runtime, 'settings'>, instant: Instant): string {
  const local = toCalendarDateTime(fromAbsolute(instant, settings.timeZone));
  return local.set({ second: 0, millisecond: 0 }).toString().slice(0, 16);
}

/**
 * The instant of a moment as it is typed, in the shop's time zone: between the order and now.
 * @param moment such as `2027-06-30T14:05`
 * @throws Refusal `notice_out_of_range` at `noticeAt`
 */
function readNotice(
  runtime: Pick<Runtime, 'clock' | 'settings'>,
  order: Row<'orders'>,
  moment: string,
): Instant {
  const { timeZone } = runtime.settings;
  const now = runtime.clock.now();
  const at = toZoned(parseDateTime(moment), timeZone).toDate().getTime();
  // A form's minutes are whole: what was placed in this minute can be canceled in it.
  if (at <= now && at + 60_000 > order.placedAt) return at;
  throw new Refusal('notice_out_of_range', 'noticeAt', {
    first: formatMoment(order.placedAt, timeZone),
    last: formatMoment(now, timeZone),
  });
}

/**
 * A reservation is called off before its day: in time for nothing, late for the fee that its shopper agreed
 * to, which is owed with the cancellation, in one transaction, and charged at once. Twice is once.
 * @throws Refusal `not_found`, `reservation_not_cancelable`, `canceling_costs`,
 *   `notice_out_of_range` at `noticeAt`, `reason_missing`
 */
export async function cancelReservation(
  runtime: Runtime,
  cancellation: Cancellation,
  actor: Actor,
): Promise<void> {
  const reason = cancellation.reason === null ? null : requireReason(cancellation.reason);
  const fee = await inTransaction(runtime.db, (tx) =>
    cancel(tx, runtime, { cancellation: { ...cancellation, reason }, actor }),
  );
  if (fee) await chargePayment(runtime, fee.id, actor);
}

async function cancel(
  tx: Tx,
  runtime: Runtime,
  by: { cancellation: Cancellation; actor: Actor },
): Promise<Row<'payments'> | null> {
  const { cancellation, actor } = by;
  const order = await holdOrder(tx, cancellation.orderId);
  const fee = feeOfReservation(order);
  if (!fee) throw new Refusal('reservation_not_cancelable');
  if (order.status === 'canceled') return null;
  if (order.status !== 'open' || fee.eventAt <= runtime.clock.now()) {
    throw new Refusal('reservation_not_cancelable');
  }
  const { notice } = cancellation;
  const now = runtime.clock.now();
  const noticeAt = notice === null ? now : readNotice(runtime, order, notice);
  const amountMinor = await feeToPay(tx, { order, fee, noticeAt, now, cancellation });
  if (amountMinor > 0 && !cancellation.knowsOfFee) {
    const amount = formatAmount(amountMinor, order.currency);
    throw new Refusal('canceling_costs', null, { amount });
  }
  await audit(tx, runtime.clock, {
    actor,
    action: 'order.reservation_canceled',
    subject: { kind: 'order', id: order.id },
    details: {
      noticeAt,
      reason: cancellation.reason,
      feeMinor: amountMinor,
      isWaived: cancellation.isWaived ?? false,
    },
  });
  await endOrder(tx, runtime.clock, order.id, actor);
  if (amountMinor === 0) return null;
  const requestKey = missedKey(order.id);
  const kind = 'late_cancellation';
  return oweFee(tx, runtime, { order, kind, amountMinor, actor, requestKey, note: null });
}

/** Nothing where nothing was agreed to, or no longer: so the page says as well. */
async function feeToPay(
  tx: Tx,
  by: {
    order: Row<'orders'>;
    fee: ReservationFee;
    noticeAt: Instant;
    now: Instant;
    cancellation: Cancellation;
  },
): Promise<number> {
  const { order, fee, cancellation } = by;
  if (cancellation.isWaived || !order.agreementId) return 0;
  const agreement = await findAgreement(tx, order.agreementId);
  if (!coversFees(agreement, by.now)) return 0;
  return costOfCanceling(fee, by.noticeAt);
}
