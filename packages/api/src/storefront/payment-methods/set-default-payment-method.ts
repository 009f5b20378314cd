import { setDefaultPaymentMethod as setDefault } from '@onfile/payments/payment-methods/set-default-payment-method.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { shopperProcedure } from '../../procedures.ts';

/** Makes one of the shopper's methods the one that is offered first. */
export const setDefaultPaymentMethod = shopperProcedure
  .input(z.strictObject({ paymentMethodId: idOf('paymentMethod') }))
  .mutation(({ ctx, input }) => setDefault(ctx.runtime, { customerId: ctx.customer.id, ...input }));
