import { discardDraft as discard } from '@onfile/payments/agreements/publish-terms.ts';
import { z } from 'zod';
import { settingsProcedure } from '../../procedures.ts';
import { termsInput } from './terms-input.ts';

/** Throws the draft away; what is published stays. */
export const discardDraft = settingsProcedure
  .input(z.strictObject(termsInput))
  .mutation(({ ctx, input }) => discard(ctx.runtime.db, input));
