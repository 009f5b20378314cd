import { mailLocales } from '@onfile/messages/current-locale.ts';
import { chooseLocale } from './storefront/choose-locale.ts';

/** In which of our languages a browser's owner reads mails; null where it says nothing. */
export function mailLocale(acceptLanguage: string | null): string | null {
  return acceptLanguage === null ? null : chooseLocale([...mailLocales], acceptLanguage);
}
