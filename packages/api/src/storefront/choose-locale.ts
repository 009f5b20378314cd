import { firstLocale } from '@onfile/payments/agreements/terms.ts';
import Negotiator from 'negotiator';

/**
 * The locale that suits a browser best: by its own order, a region's language for the language as well.
 * Where none suits it is the shop's first, and where that is not there either, any.
 */
export function chooseLocale(locales: string[], acceptLanguage: string | null): string {
  // Of equals the first is taken.
  const ordered = locales.toSorted((a, b) => Number(b === firstLocale) - Number(a === firstLocale));
  const headers = { 'accept-language': acceptLanguage ?? undefined };
  const [best] = new Negotiator({ headers }).languages(ordered);
  return best ?? ordered[0] ?? firstLocale;
}
