import { currentTerms, sectionsOf } from '@onfile/payments/agreements/terms.ts';
import { formatAmount } from '@onfile/payments/money.ts';
import { shopperProcedure } from '../../procedures.ts';
import { locale } from '../locale.ts';

/** The terms that the shopper is asked to agree to before a method is saved. */
export const getTerms = shopperProcedure.query(async ({ ctx }) => {
  const { db, clock, settings } = ctx.runtime;
  const terms = await currentTerms(db, clock, { shopName: settings.shopName, locale });
  return {
    termsVersionId: terms.id,
    version: terms.version,
    sections: sectionsOf(terms),
    capText: formatAmount(terms.capAmountMinor, terms.currency),
  };
});
