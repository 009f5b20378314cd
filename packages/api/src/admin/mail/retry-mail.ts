import { retryMail as retry } from '@onfile/payments/mail/retry-mail.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { settingsProcedure } from '../../procedures.ts';

/** Sends a mail again that no server took. */
export const retryMail = settingsProcedure
  .input(z.strictObject({ mailId: idOf('mail') }))
  .mutation(({ ctx, input }) => retry(ctx.runtime, { ...input, staffId: ctx.staff.staffId }));
