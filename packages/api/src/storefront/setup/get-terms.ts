import { currentTerms, firstPurpose, sectionsOf } from '@onfile/payments/agreements/terms.ts';
import { formatAmount } from '@onfile/payments/money.ts';
import { shopperProcedure } from '../../procedures.ts';
import { locale } from '../locale.ts';

/** The terms that the shopper is asked to agree to before a method is saved. */
export const getTerms = shopperProcedure.query(async ({ ctx }) => {
  const terms = await currentTerms(ctx.runtime, { purpose: firstPurpose, locale });
  return {
    termsVersionId: terms.id,
    version: terms.version,
    sections: sectionsOf(terms),
    capText: formatAmount(terms.capAmountMinor, terms.currency),
  };
});
