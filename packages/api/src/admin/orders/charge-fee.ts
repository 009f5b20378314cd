import { chargeOrderFee } from '@onfile/payments/fees/charge-order-fee.ts';
import { z } from 'zod';
import { idOf, lineOfText } from '../../input.ts';
import { chargerProcedure } from '../../procedures.ts';

/** Charges the fee of a no-show, or what a damage costs. */
export const chargeFee = chargerProcedure
  .input(
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('no_show'), orderId: idOf('order') }),
      z.strictObject({
        kind: z.literal('damage'),
        orderId: idOf('order'),
        chargeRequestId: idOf('chargeRequest'),
        amount: lineOfText(20),
        note: lineOfText(120),
      }),
    ]),
  )
  .mutation(async ({ ctx, input }) => {
    const { id, status } = await chargeOrderFee(ctx.runtime, {
      ...input,
      staffId: ctx.staff.staffId,
    });
    return { paymentId: id, status };
  });
