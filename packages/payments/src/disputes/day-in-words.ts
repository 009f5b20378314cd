import type { Instant } from '@onfile/db/database.ts';

/** An instant as the shop's calendar has it, for banks and staff: `16 June 2027`. */
export function dayInWords(instant: Instant, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone }).format(instant);
}

/** With the minute, in UTC, as banks compare it with their own records: `16 June 2027 at 09:05 UTC`. */
export function momentInWords(instant: Instant): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  return `${format.format(instant)} UTC`;
}
