import { sendRecoveryLink } from '@onfile/payments/recovery/send-recovery-link.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { chargerProcedure } from '../../procedures.ts';

/** Mails the link to the shopper once more. */
export const sendLink = chargerProcedure
  .input(z.strictObject({ paymentId: idOf('payment') }))
  .mutation(({ ctx, input }) =>
    sendRecoveryLink(ctx.runtime, { ...input, staffId: ctx.staff.staffId }),
  );
