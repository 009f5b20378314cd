import { decideEnvironment } from '@onfile/payments/environment/decide-environment.ts';
import { z } from 'zod';
import { settingsProcedure } from '../../procedures.ts';

/** Says what a database is that was opened with another environment's keys: a copy, or one that has moved. */
export const decide = settingsProcedure
  .input(
    z.strictObject({
      verdict: z.enum(['copy', 'moved']),
      /** The account of the keys in use, typed by whoever decides. */
      account: z.string().trim().max(64),
    }),
  )
  .mutation(({ ctx, input }) =>
    decideEnvironment(ctx.runtime, { ...input, actor: { kind: 'staff', id: ctx.staff.staffId } }),
  );
