import { evidenceFileFields, evidenceTexts } from '@onfile/payments/disputes/evidence-fields.ts';
import type { EvidenceText } from '@onfile/payments/disputes/evidence-fields.ts';
import { saveEvidence as save } from '@onfile/payments/disputes/save-evidence.ts';
import { z } from 'zod';
import { idOf, textOf } from '../../input.ts';
import { moneyBackProcedure } from '../../procedures.ts';

const texts = z
  .strictObject(
    Object.fromEntries(
      Object.entries(evidenceTexts).map(([name, most]) => [name, textOf(most)]),
    ) as Record<EvidenceText, ReturnType<typeof textOf>>,
  )
  .partial();

/** Keeps what staff have written of the evidence, here and as a draft at Stripe. */
export const saveEvidence = moneyBackProcedure
  .input(
    z.strictObject({
      disputeId: idOf('dispute'),
      seenSavedAt: z.number().int().nonnegative().nullable(),
      texts,
      withoutFiles: z.array(z.enum(evidenceFileFields)).max(evidenceFileFields.length).default([]),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const given = Object.fromEntries(
      Object.entries(input.texts).filter(([, text]) => text !== undefined),
    );
    const ask = { ...input, texts: given, staffId: ctx.staff.staffId };
    return { savedAt: await save(ctx.runtime, ask) };
  });
