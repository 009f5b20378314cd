/** A month of the calendar: `month` 1-12, `year` with four digits. */
export type Month = { year: number; month: number };

/**
 * What was typed, as `MM / YY`. A first digit above 1 can only be a month of one digit, so it gets
 * its zero. `closing` adds the separator after two digits; while deleting it must not, or the
 * separator could never be deleted.
 */
export function formatExpiry(typed: string, closing: boolean): string {
  let digits = typed.replace(/\D/g, '');
  if (/^[2-9]/.test(digits) || /^1\D/.test(typed)) digits = `0${digits}`;
  // Browsers fill in four-digit years.
  if (/^\d\d20\d\d/.test(digits)) digits = digits.slice(0, 2) + digits.slice(4);
  if (digits.length < 2 || (digits.length === 2 && !closing)) return digits;
  return `${digits.slice(0, 2)} / ${digits.slice(2, 4)}`;
}

/** Reads `MM / YY`; undefined when it is incomplete or no month. */
export function readExpiry(text: string): Month | undefined {
  const match = /^(\d\d) \/ (\d\d)$/.exec(text);
  if (!match) return undefined;
  const month = Number(match[1]);
  if (month < 1 || month > 12) return undefined;
  return { year: 2000 + Number(match[2]), month };
}

/** A card is good until the last day of its month. */
export function isPast(expiry: Month, now: Month): boolean {
  return expiry.year < now.year || (expiry.year === now.year && expiry.month < now.month);
}
