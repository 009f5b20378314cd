import { payWithSavedMethod } from '@onfile/payments/checkout/pay-with-saved-method.ts';
import { spend } from '@onfile/payments/limits/spend.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { buyerProcedure } from '../../procedures.ts';
import { acceptanceOf, acceptedTerms } from './acceptance.ts';
import { showStanding } from './show-standing.ts';

/** Pays what an order owes now with a card that is on file, while its owner is there. */
export const payWithSaved = buyerProcedure
  .input(
    z.strictObject({
      orderId: idOf('order'),
      paymentMethodId: idOf('paymentMethod'),
      triesSeen: z.number().int().min(0).max(10_000),
      terms: acceptedTerms,
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const { runtime, customer, request } = ctx;
    const { orderId, paymentMethodId, triesSeen } = input;
    await spend(runtime, 'start_checkout', {
      account: customer.id,
      email: customer.email,
      ip: request.ipAddress,
    });
    const acceptance = acceptanceOf(input.terms, request);
    const pay = { customer, orderId, paymentMethodId, triesSeen, acceptance };
    return showStanding(await payWithSavedMethod(runtime, pay));
  });
