import { intlLocale } from '@onfile/messages/current-locale.ts';
import type { Instant } from '@onfile/db/database.ts';

/** An instant as a day in a time zone, for people: `Tuesday, 12 May 2026`. */
export function formatDay(instant: Instant, timeZone: string): string {
  return new Intl.DateTimeFormat(intlLocale().days, { dateStyle: 'full', timeZone }).format(
    instant,
  );
}

/** The same with its hour: `Tuesday, 12 May 2026 at 09:00`. */
export function formatMoment(instant: Instant, timeZone: string): string {
  const styles = { dateStyle: 'full', timeStyle: 'short' } as const;
  return new Intl.DateTimeFormat(intlLocale().days, { ...styles, timeZone }).format(instant);
}
