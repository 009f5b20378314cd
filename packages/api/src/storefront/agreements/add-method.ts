import { addMethodToAgreement } from '@onfile/payments/agreements/add-method-to-agreement.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { shopperProcedure } from '../../procedures.ts';

/** Lets another of the shopper's own methods be charged under one of their agreements. */
export const addMethod = shopperProcedure
  .input(z.strictObject({ agreementId: idOf('agreement'), paymentMethodId: idOf('paymentMethod') }))
  .mutation(({ ctx, input }) =>
    addMethodToAgreement(ctx.runtime, { customerId: ctx.customer.id, ...input }),
  );
