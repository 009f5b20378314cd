import { parseDate } from '@internationalized/date';

const latest = 8_640_000_000_000_000;

/** A day (`2026-11-26`) or a moment with its zone (`2026-11-26T10:00:00Z`). */
export function isRangeEnd(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}(T\S+(Z|[+-]\d{2}:\d{2}))?$/.test(text)) return false;
  return !Number.isNaN(Date.parse(text)) && sameDay(text);
}

/** `2026-02-30` is read as a day of March. */
function sameDay(text: string): boolean {
  const day = text.slice(0, 10);
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}

/**
 * The time between two ends, each a day of the shop's calendar or a moment; a last day is within it.
 * @returns instants, the second one outside
 */
export function exportRange(
  ends: { from?: string | undefined; to?: string | undefined },
  timeZone: string,
): { from: number; to: number } {
  return {
    from: ends.from === undefined ? 0 : startOf(ends.from, timeZone),
    to: ends.to === undefined ? latest : endOf(ends.to, timeZone),
  };
}

function startOf(end: string, timeZone: string): number {
  if (end.includes('T')) return Date.parse(end);
  return parseDate(end).toDate(timeZone).getTime();
}

function endOf(end: string, timeZone: string): number {
  if (end.includes('T')) return Date.parse(end);
  return parseDate(end).add({ days: 1 }).toDate(timeZone).getTime();
}
