import { withdrawAgreement as withdraw } from '@onfile/payments/agreements/withdraw-agreement.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { shopperProcedure } from '../../procedures.ts';

/** Takes one of the shopper's agreements back; nothing new is charged under it after that. */
export const withdrawAgreement = shopperProcedure
  .input(z.strictObject({ agreementId: idOf('agreement') }))
  .mutation(async ({ ctx, input }) => {
    const agreement = await withdraw(ctx.runtime, { customerId: ctx.customer.id, ...input });
    return { withdrawnAt: agreement.withdrawnAt };
  });
