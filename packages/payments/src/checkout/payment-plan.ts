import { fromAbsolute, toCalendarDate, toZoned } from '@internationalized/date';
import type { CalendarDate } from '@internationalized/date';
import type { Instant, PaymentKind } from '@onfile/db/database.ts';
import { getCurrency } from '../money.ts';

/** How an order is paid. */
export type PaymentPlan =
  /** All of it now. */
  | { kind: 'full' }
  /** All of it now, authorized first and captured once the stock was checked. */
  | { kind: 'check_stock' }
  /** A part now, the rest on a day before the event. */
  | { kind: 'deposit'; depositPercent: number; balanceDaysBefore: number }
  /** Nothing now; a fee may fall due for a no-show or a late cancellation. */
  | { kind: 'card_kept'; feePercent: number; freeCancellationHours: number }
  /** An amount held on the card when it is due, for damage. */
  | { kind: 'hold'; daysBefore: number };

/** The plan of a product or of an order, as it is stored. */
export function planOf(row: { plan: string }): PaymentPlan {
  return JSON.parse(row.plan) as PaymentPlan;
}

/** Something that will be owed: `now`, or at an instant. */
export interface PlannedPayment {
  kind: PaymentKind;
  amountMinor: number;
  dueAt: Instant | 'now';
}

/** On which hour of the shop's day an amount falls due. */
const dueHour = 9;

/** The instant at which an amount falls due on a day of the shop's calendar. */
export function dueAtOn(day: CalendarDate, timeZone: string): Instant {
  return toZoned(day, timeZone).set({ hour: dueHour }).toDate().getTime();
}

export interface Planned {
  totalMinor: number;
  currency: string;
  /** The appointment, the arrival, the delivery; null when the plan counts from nothing. */
  eventAt: Instant | null;
  now: Instant;
  timeZone: string;
}

/**
 * What an order owes, and when. Amounts add up to the total to the last minor unit, each a multiple
 * of what the currency can be charged in. A deposit or balance below Stripe's minimum, and a
 * balance whose day has come already, make one payment now.
 */
export function planPayments(plan: PaymentPlan, order: Planned): PlannedPayment[] {
  const { totalMinor } = order;
  if (plan.kind === 'full') return [{ kind: 'full', amountMinor: totalMinor, dueAt: 'now' }];
  if (plan.kind === 'check_stock') {
    return [{ kind: 'full', amountMinor: totalMinor, dueAt: 'now' }];
  }
  if (plan.kind === 'card_kept') return [];
  if (plan.kind === 'hold') {
    const dueAt = daysBeforeEvent(order, plan.daysBefore);
    return [{ kind: 'hold', amountMinor: totalMinor, dueAt: later(dueAt, order.now) }];
  }
  return planDeposit(plan, order);
}

function planDeposit(
  plan: Extract<PaymentPlan, { kind: 'deposit' }>,
  order: Planned,
): PlannedPayment[] {
  const { minimumMinor } = getCurrency(order.currency);
  const depositMinor = shareOf(order.totalMinor, plan.depositPercent, order.currency);
  const balanceMinor = order.totalMinor - depositMinor;
  const dueAt = daysBeforeEvent(order, plan.balanceDaysBefore);
  const isTooSmall = depositMinor < minimumMinor || balanceMinor < minimumMinor;
  if (isTooSmall || dueAt === null || dueAt <= order.now) {
    return [{ kind: 'full', amountMinor: order.totalMinor, dueAt: 'now' }];
  }
  return [
    { kind: 'deposit', amountMinor: depositMinor, dueAt: 'now' },
    { kind: 'balance', amountMinor: balanceMinor, dueAt },
  ];
}

/** A percentage of an amount in minor units, rounded half up to what the currency is charged in. */
export function shareOf(totalMinor: number, percent: number, currency: string): number {
  const { stepMinor } = getCurrency(currency);
  // Whole numbers all the way: percent * total stays far below 2^53.
  const hundredths = totalMinor * percent;
  const step = 100 * stepMinor;
  return Math.floor((hundredths + step / 2) / step) * stepMinor;
}

/**
 * 09:00 in the shop's time zone, so many calendar days before the event's day there: a month end,
 * a leap day and a change of the clocks are the calendar's business, not a multiple of 24 hours.
 */
function daysBeforeEvent(order: Planned, days: number): Instant | null {
  if (order.eventAt === null) return null;
  const day = toCalendarDate(fromAbsolute(order.eventAt, order.timeZone)).subtract({ days });
  return dueAtOn(day, order.timeZone);
}

function later(dueAt: Instant | null, now: Instant): Instant | 'now' {
  return dueAt === null || dueAt <= now ? 'now' : dueAt;
}

/** Whether the shopper's card is kept and nothing is paid at once: later it is charged, or held. */
export function keepsCardFirst(plan: PaymentPlan): boolean {
  return plan.kind === 'card_kept' || plan.kind === 'hold';
}

/** Whether something may be charged after the shopper has left: then a method must be kept. */
export function needsMethodLater(plan: PaymentPlan, order: Planned): boolean {
  if (keepsCardFirst(plan)) return true;
  return planPayments(plan, order).some(({ dueAt }) => dueAt !== 'now');
}
