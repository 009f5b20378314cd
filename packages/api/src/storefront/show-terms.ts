import type { Purpose } from '@onfile/payments/agreements/purposes.ts';
import { capIn } from '@onfile/payments/agreements/terms-caps.ts';
import { currentTerms, sectionsOf } from '@onfile/payments/agreements/terms.ts';
import { formatAmount } from '@onfile/payments/money.ts';
import type { StorefrontContext } from '../context.ts';
import { termsLocale } from './terms-locale.ts';

/**
 * The newest terms of a purpose, in the language that suits who reads them.
 * @throws Refusal `not_found` where none are published for it
 */
export async function showTerms(
  ctx: Pick<StorefrontContext, 'runtime' | 'request'>,
  purpose: Purpose,
  /** Of what is bought; without it the first of the terms. */
  currency?: string,
) {
  const locale = await termsLocale(ctx, purpose);
  const terms = await currentTerms(ctx.runtime, { purpose, locale });
  const shown = currency ?? terms.currency;
  return {
    termsVersionId: terms.id,
    version: terms.version,
    locale: terms.locale,
    sections: sectionsOf(terms),
    // An order in a currency without a cap is not taken; the words are shown all the same.
    capText: formatAmount(capIn(terms, shown) ?? 0, shown),
  };
}
