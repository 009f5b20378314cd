import { revokeRecoveryLink } from '@onfile/payments/recovery/revoke-recovery-link.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { chargerProcedure } from '../../procedures.ts';

/** Ends every link of a payment. */
export const revokeLink = chargerProcedure
  .input(z.strictObject({ paymentId: idOf('payment') }))
  .mutation(({ ctx, input }) =>
    revokeRecoveryLink(ctx.runtime, { ...input, staffId: ctx.staff.staffId }),
  );
