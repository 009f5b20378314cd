import { publishTerms } from '@onfile/payments/agreements/publish-terms.ts';
import { z } from 'zod';
import { settingsProcedure } from '../../procedures.ts';
import { termsInput } from './terms-input.ts';

/** Makes the draft that was read the version that shoppers are asked to agree to from now on. */
export const publish = settingsProcedure
  .input(z.strictObject({ ...termsInput, draftSavedAt: z.number().int().min(0) }))
  .mutation(async ({ ctx, input }) => {
    const published = await publishTerms(ctx.runtime, { ...input, staffId: ctx.staff.staffId });
    return { version: published.version };
  });
