import { endHeldPayment } from '@onfile/payments/holds/end-held-payment.ts';
import { z } from 'zod';
import { idOf, lineOfText } from '../../input.ts';
import { chargerProcedure } from '../../procedures.ts';

/** Captures held funds, all or a part, or lets them go. */
export const endHold = chargerProcedure
  .input(
    z.strictObject({
      paymentId: idOf('payment'),
      how: z.enum(['capture', 'release']),
      /** As typed; null: all of it. */
      amount: lineOfText(20).nullable().default(null),
      /** The shopper sees it. */
      reason: lineOfText(200),
    }),
  )
  .mutation(({ ctx, input }) =>
    endHeldPayment(ctx.runtime, { ...input, staffId: ctx.staff.staffId }),
  );
