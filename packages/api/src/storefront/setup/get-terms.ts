import { purposes } from '@onfile/payments/agreements/purposes.ts';
import { firstPurpose } from '@onfile/payments/agreements/terms.ts';
import { z } from 'zod';
import { shopperProcedure } from '../../procedures.ts';
import { showTerms } from '../show-terms.ts';

/** The terms that the shopper is asked to agree to before a method is saved, for one purpose. */
export const getTerms = shopperProcedure
  .input(z.strictObject({ purpose: z.enum(purposes).default(firstPurpose) }).prefault({}))
  .query(({ ctx, input }) => showTerms(ctx, input.purpose));
