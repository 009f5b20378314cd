import { addFile as add } from '@onfile/payments/disputes/add-file.ts';
import { evidenceFileFields } from '@onfile/payments/disputes/evidence-fields.ts';
import { z } from 'zod';
import { idOf, lineOfText } from '../../input.ts';
import { moneyBackProcedure } from '../../procedures.ts';

/** 5 MB in base64, which writes three bytes as four signs. */
const mostSigns = Math.ceil((5 * 1024 * 1024) / 3) * 4;

/** Adds a file of staff's own to the evidence; in its field it takes the place of another. */
export const addFile = moneyBackProcedure
  .input(
    z.strictObject({
      disputeId: idOf('dispute'),
      field: z.enum(evidenceFileFields),
      filename: lineOfText(200),
      content: z.base64().max(mostSigns),
    }),
  )
  .mutation(({ ctx, input }) => {
    const { content, ...ask } = input;
    const data = Buffer.from(content, 'base64');
    return add(ctx.runtime, { ...ask, data, staffId: ctx.staff.staffId });
  });
