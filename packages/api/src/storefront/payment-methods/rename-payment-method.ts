import { renamePaymentMethod as rename } from '@onfile/payments/payment-methods/rename-payment-method.ts';
import { z } from 'zod';
import { idOf, lineOfText } from '../../input.ts';
import { shopperProcedure } from '../../procedures.ts';

/** Gives one of the shopper's methods a name; an empty one takes it away. */
export const renamePaymentMethod = shopperProcedure
  .input(z.strictObject({ paymentMethodId: idOf('paymentMethod'), nickname: lineOfText(200) }))
  .mutation(({ ctx, input }) => rename(ctx.runtime, { customerId: ctx.customer.id, ...input }));
