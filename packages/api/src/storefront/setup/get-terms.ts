import { purposes } from '@onfile/payments/agreements/purposes.ts';
import { currentTerms, firstPurpose, sectionsOf } from '@onfile/payments/agreements/terms.ts';
import { formatAmount } from '@onfile/payments/money.ts';
import { z } from 'zod';
import { shopperProcedure } from '../../procedures.ts';
import { locale } from '../locale.ts';

/** The terms that the shopper is asked to agree to before a method is saved, for one purpose. */
export const getTerms = shopperProcedure
  .input(z.strictObject({ purpose: z.enum(purposes).default(firstPurpose) }).prefault({}))
  .query(async ({ ctx, input }) => {
    const terms = await currentTerms(ctx.runtime, { purpose: input.purpose, locale });
    return {
      termsVersionId: terms.id,
      version: terms.version,
      sections: sectionsOf(terms),
      capText: formatAmount(terms.capAmountMinor, terms.currency),
    };
  });
