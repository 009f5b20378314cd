import { CalendarDate, fromAbsolute, toCalendarDate } from '@internationalized/date';
import type { Instant } from '@onfile/db/database.ts';

/**
 * How long a card is good for, for its owner: nothing to say (`none`: it has no expiry; `good`), just
 * `updated` by its bank, `expiring` within 60 days, or `expired`.
 */
export type ExpiryState = 'none' | 'good' | 'updated' | 'expiring' | 'expired';

const warnDays = 60;
const newsMs = 60 * 24 * 60 * 60 * 1000;

/**
 * A card is good through the last day of its month, in the shop's own calendar.
 * @param timeZone the shop's, an IANA name
 */
export function expiryState(
  method: { expMonth: number | null; expYear: number | null; bankUpdatedAt: Instant | null },
  now: Instant,
  timeZone: string,
): ExpiryState {
  if (method.expMonth === null || method.expYear === null) return 'none';
  const daysLeft = firstDayAfter(method.expMonth, method.expYear).compare(dayOf(now, timeZone));
  if (daysLeft <= 0) return 'expired';
  if (daysLeft <= warnDays) return 'expiring';
  const isNews = method.bankUpdatedAt !== null && now - method.bankUpdatedAt < newsMs;
  return isNews ? 'updated' : 'good';
}

/** Whether a card with this expiry can still be used today: what a shopper may enter. */
export function isStillGood(
  expiry: { month: number; year: number },
  now: Instant,
  timeZone: string,
): boolean {
  return firstDayAfter(expiry.month, expiry.year).compare(dayOf(now, timeZone)) > 0;
}

/** Whether a payment falls due when the card can no longer be charged. */
export function expiresBefore(
  method: { expMonth: number | null; expYear: number | null },
  dueAt: Instant,
  timeZone: string,
): boolean {
  if (method.expMonth === null || method.expYear === null) return false;
  return firstDayAfter(method.expMonth, method.expYear).compare(dayOf(dueAt, timeZone)) <= 0;
}

function firstDayAfter(month: number, year: number): CalendarDate {
  return new CalendarDate(year, month, 1).add({ months: 1 });
}

function dayOf(instant: Instant, timeZone: string): CalendarDate {
  return toCalendarDate(fromAbsolute(instant, timeZone));
}
