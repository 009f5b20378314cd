/**
 * An instant as staff read it: `25 Dec 2026, 23:32`.
 * @param timeZone undefined: the reader's own; a named one is written beside the time
 */
export function formatInstant(at: number, timeZone: string | undefined): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
    timeZoneName: timeZone ? 'short' : undefined,
  }).format(at);
}
