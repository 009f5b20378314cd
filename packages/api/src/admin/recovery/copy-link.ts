import { copyRecoveryLink } from '@onfile/payments/recovery/send-recovery-link.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { chargerProcedure } from '../../procedures.ts';

/** The link by which a shopper pays without a login, for staff to pass on. */
export const copyLink = chargerProcedure
  .input(z.strictObject({ paymentId: idOf('payment') }))
  .mutation(async ({ ctx, input }) => ({
    url: await copyRecoveryLink(ctx.runtime, { ...input, staffId: ctx.staff.staffId }),
  }));
