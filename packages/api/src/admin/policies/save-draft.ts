import { draftTerms } from '@onfile/payments/agreements/publish-terms.ts';
import type { Cap } from '@onfile/payments/agreements/terms-caps.ts';
import { parseAmount } from '@onfile/payments/money.ts';
import { Refusal } from '@onfile/payments/refusal.ts';
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
      caps: z
        .array(z.strictObject({ cap: lineOfText(20), currency: lineOfText(3).toLowerCase() }))
        .min(1)
        .max(20),
      usage: z.enum(['off_session', 'on_session']),
      validDays: z.number().int().min(1).max(3_650).nullable(),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const savedAt = await draftTerms(ctx.runtime, {
      ...input,
      caps: readCaps(input.caps),
      staffId: ctx.staff.staffId,
    });
    return { savedAt };
  });

/** @throws Refusal at the cap that is wrong: `caps.1.cap` */
function readCaps(typed: { cap: string; currency: string }[]): [Cap, ...Cap[]] {
  const [first, ...others] = typed.map(({ cap, currency }, at): Cap => {
    if (typed.findIndex((other) => other.currency === currency) !== at) {
      throw new Refusal('currency_repeated', `caps.${String(at)}.currency`, {
        currency: currency.toUpperCase(),
      });
    }
    return { currency, capAmountMinor: parseCap(cap, currency, at) };
  });
  if (!first) throw new Error('terms without a cap');
  return [first, ...others];
}

function parseCap(cap: string, currency: string, at: number): number {
  try {
    return parseAmount(cap, currency, maxCapMajor);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const field = error.field === 'currency' ? 'currency' : 'cap';
    throw new Refusal(error.code, `caps.${String(at)}.${field}`, error.params);
  }
}
