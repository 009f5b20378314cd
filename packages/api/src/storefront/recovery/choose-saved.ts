import { chooseForRecovery } from '@onfile/payments/recovery/choose-for-recovery.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { shopperProcedure } from '../../procedures.ts';

/** The signed-in owner pays with another of their methods. */
export const chooseSaved = shopperProcedure
  .input(z.strictObject({ paymentMethodId: idOf('paymentMethod') }))
  .mutation(({ ctx, input }) =>
    chooseForRecovery(ctx.runtime, {
      token: ctx.recoveryToken,
      customerId: ctx.customer.id,
      ...input,
    }),
  );
