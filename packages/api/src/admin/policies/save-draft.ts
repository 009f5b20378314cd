import { draftTerms } from '@onfile/payments/agreements/publish-terms.ts';
import { parseAmount } from '@onfile/payments/money.ts';
import { z } from 'zod';
import { lineOfText } from '../../input.ts';
import { settingsProcedure } from '../../procedures.ts';
import { termsInput } from './terms-input.ts';

/** A cap is a sum of many charges: it may be far above what one of them may come to. */
const maxCapMajor = 999_999;

/** Keeps what staff have written, without anybody being asked to agree to it. */
export const saveDraft = settingsProcedure
  .input(
    z.strictObject({
      ...termsInput,
      sections: z
        .array(
          z.strictObject({
            heading: lineOfText(120).min(1),
            // Line breaks are part of the words; other control characters are not.
            text: z
              .string()
              .trim()
              .min(1)
              .max(4_000)
              .regex(/^(?:\P{Cc}|\n)*$/u),
          }),
        )
        .min(1)
        .max(12),
      cap: lineOfText(20),
      currency: lineOfText(3).toLowerCase(),
      usage: z.enum(['off_session', 'on_session']),
      validDays: z.number().int().min(1).max(3_650).nullable(),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const { cap, ...draft } = input;
    const capAmountMinor = parseAmount(cap, draft.currency, maxCapMajor);
    const savedAt = await draftTerms(ctx.runtime, {
      ...draft,
      capAmountMinor,
      staffId: ctx.staff.staffId,
    });
    return { savedAt };
  });
