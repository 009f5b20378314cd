import { fromAbsolute, parseDate, toCalendarDate } from '@internationalized/date';
import type { CalendarDate } from '@internationalized/date';
import type { Instant, Row, Tx } from '@onfile/db/database.ts';
import { findAgreement } from '@onfile/db/tables/agreements.ts';
import { updatePayment } from '@onfile/db/tables/payments.ts';
import { dueAtOn } from '../checkout/payment-plan.ts';
import { formatDay } from '../format-day.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { changeOwedPayment } from './change-owed-payment.ts';
import type { StaffAsk } from './change-owed-payment.ts';

/** How far ahead an amount can be put. */
const mostYears = 2;

/**
 * Staff put an amount on another day of the shop's calendar, at the hour at which everything falls due; on
 * today it is charged at that hour, or at once when it has passed. A further try of a declined amount is
 * not made before that day either.
 * @param ask.day such as `2027-06-30`
 * @throws Refusal `day_out_of_range` at `day`, `reason_missing`, `not_found`, `payment_being_charged`,
 *   `payment_settled`
 */
export function reschedulePayment(
  runtime: Runtime,
  ask: StaffAsk & { day: string },
): Promise<Row<'payments'>> {
  return changeOwedPayment(runtime, ask, async (tx, payment) => {
    const dueAt = await requireDay(tx, runtime, payment, parseDate(ask.day));
    if (dueAt === payment.dueAt) return null;
    await updatePayment(tx, payment.id, { dueAt, updatedAt: runtime.clock.now() });
    return { action: 'payment.rescheduled', details: { from: payment.dueAt, to: dueAt } };
  });
}

/** The days on which an amount can be put, in the shop's calendar. */
export function daysToChoose(runtime: Pick<Runtime, 'clock' | 'settings'>): {
  first: string;
  last: string;
} {
  const today = todayIn(runtime);
  return { first: today.toString(), last: today.add({ years: mostYears }).toString() };
}

/** The day of an instant in the shop's calendar: `2027-06-30`. */
export function dayInShop({ settings }: Pick<Runtime, 'settings'>, instant: Instant): string {
  return toCalendarDate(fromAbsolute(instant, settings.timeZone)).toString();
}

function todayIn(runtime: Pick<Runtime, 'clock' | 'settings'>): CalendarDate {
  return parseDate(dayInShop(runtime, runtime.clock.now()));
}

/** From today on, and while its agreement lasts: on a day after that nothing could be charged. */
async function requireDay(
  tx: Tx,
  runtime: Runtime,
  payment: Row<'payments'>,
  day: CalendarDate,
): Promise<Instant> {
  const { timeZone } = runtime.settings;
  const today = todayIn(runtime);
  const agreement = payment.agreementId ? await findAgreement(tx, payment.agreementId) : undefined;
  const latest = Math.min(
    dueAtOn(today.add({ years: mostYears }), timeZone),
    (agreement?.validUntil ?? Infinity) - 1,
  );
  const dueAt = dueAtOn(day, timeZone);
  if (day.compare(today) < 0 || dueAt > latest) {
    throw new Refusal('day_out_of_range', 'day', {
      first: formatDay(dueAtOn(today, timeZone), timeZone),
      last: formatDay(latest, timeZone),
    });
  }
  return dueAt;
}
