import { listTermsLocales } from '@onfile/db/views/terms-list.ts';
import type { Purpose } from '@onfile/payments/agreements/purposes.ts';
import { firstLocale, firstPurpose } from '@onfile/payments/agreements/terms.ts';
import type { StorefrontContext } from '../context.ts';
import { chooseLocale } from './choose-locale.ts';

/** The language in which a browser is shown the terms of a purpose. */
export async function termsLocale(
  { runtime, request }: Pick<StorefrontContext, 'runtime' | 'request'>,
  purpose: Purpose,
): Promise<string> {
  const published = await listTermsLocales(runtime.db, purpose);
  // What a shop starts with is published when it is first asked for.
  const isFirst = purpose === firstPurpose && !published.includes(firstLocale);
  const locales = isFirst ? [firstLocale, ...published] : published;
  return chooseLocale(locales, request.acceptLanguage);
}
