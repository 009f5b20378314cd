/** In UTC, so that the server and every browser write the same day. */
const dateFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** An instant in ms as a date: `20 Nov 2026`. */
export function formatDate(instant: number): string {
  return dateFormat.format(instant);
}
