import { baseLocale, isLocale, locales, overwriteGetLocale } from '../compiled/runtime.js';
import type { Locale } from '../compiled/runtime.js';

export { baseLocale };

/** The locales in which people are written to; the pages are in the first. */
export const mailLocales: readonly Locale[] = locales;

let current: Locale = baseLocale;
overwriteGetLocale(() => current);

/**
 * Writes something in a locale: every message within is in it, and amounts and days that ask
 * {@link intlLocale}. A locale that there is not gives the base one. What it does must be done when it
 * returns: nothing is awaited within.
 */
export function inLocale<T>(locale: string, write: () => T): T {
  const before = current;
  current = isLocale(locale) ? locale : baseLocale;
  try {
    return write();
  } finally {
    current = before;
  }
}

const intlLocales: Record<Locale, { amounts: string; days: string }> = {
  en: { amounts: 'en-US', days: 'en-GB' },
  de: { amounts: 'de-DE', days: 'de-DE' },
};

/** How amounts and days are written where we are writing now. */
export function intlLocale(): { amounts: string; days: string } {
  return intlLocales[current];
}
