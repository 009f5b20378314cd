/** The locales in which people are written to; the pages are in the first. */
export const mailLocales = ['en', 'de'] as const;
export type MailLocale = (typeof mailLocales)[number];

/** That of the pages, of staff, and of whoever asked for one that there is not. */
export const baseLocale: MailLocale = mailLocales[0];

let current: MailLocale = baseLocale;

/** The locale in which we are writing now. */
export function currentLocale(): MailLocale {
  return current;
}

/**
 * Writes something in a locale: the messages of `mail-messages` within are in it, and so are amounts and
 * days that ask {@link intlLocale}. A locale that there is not gives the base one. What it does must be done
 * when it returns: nothing is awaited within.
 */
export function inLocale<T>(locale: string, write: () => T): T {
  const before = current;
  current = mailLocales.find((known) => known === locale) ?? baseLocale;
  try {
    return write();
  } finally {
    current = before;
  }
}

const intlLocales: Record<MailLocale, { amounts: string; days: string }> = {
  en: { amounts: 'en-US', days: 'en-GB' },
  de: { amounts: 'de-DE', days: 'de-DE' },
};

/** How amounts and days are written where we are writing now. */
export function intlLocale(): { amounts: string; days: string } {
  return intlLocales[current];
}
