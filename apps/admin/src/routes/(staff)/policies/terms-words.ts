import { m } from '@onfile/messages/messages.js';
import type { TermsDraft, TermsOfPurpose } from '#lib/api-types.ts';

const purposeTexts: Record<TermsOfPurpose['id'], () => string> = {
  balances_and_fees: m.admin_purpose_balances_and_fees_text,
  balances: m.admin_purpose_balances_text,
  fees: m.admin_purpose_fees_text,
  show_again: m.admin_purpose_show_again_text,
};

/** What an agreement for a purpose lets the shop charge. */
export function purposeText(purpose: TermsOfPurpose['id']): string {
  return purposeTexts[purpose]();
}

const languages = new Intl.DisplayNames('en', { type: 'language' });

/** `English`, `Portuguese (Brazil)`. */
export function languageName(locale: string): string {
  return languages.of(locale) ?? locale;
}

/** What holds beside the words: cap, usage, validity. */
export function limitFacts(
  terms: Pick<TermsDraft, 'capText' | 'usage' | 'validDays'>,
): { name: string; value: string }[] {
  return [
    { name: m.admin_terms_cap(), value: terms.capText },
    {
      name: m.admin_terms_usage(),
      value:
        terms.usage === 'off_session'
          ? m.admin_terms_usage_off_session()
          : m.admin_terms_usage_on_session(),
    },
    {
      name: m.admin_terms_valid(),
      value:
        terms.validDays === null
          ? m.admin_terms_valid_always()
          : m.admin_terms_valid_days({ days: terms.validDays }),
    },
  ];
}
