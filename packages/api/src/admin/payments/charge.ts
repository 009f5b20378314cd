import { chargeSavedMethod } from '@onfile/payments/charging/charge-saved-method.ts';
import { z } from 'zod';
import { idOf, lineOfText } from '../../input.ts';
import { chargerProcedure } from '../../procedures.ts';
import { holdEnds } from '@onfile/payments/holds/hold-ends.ts';
import { showPayment } from '../../show-payment.ts';
import { readPayment } from './read-payment.ts';

/**
 * Charges a saved method off-session. Answers with the payment, or with the earlier one of the
 * same amount that staff should look at first.
 */
export const charge = chargerProcedure
  .input(
    z.strictObject({
      chargeRequestId: idOf('chargeRequest'),
      customerId: idOf('customer'),
      agreementId: idOf('agreement'),
      paymentMethodId: idOf('paymentMethod'),
      amount: lineOfText(20),
      currency: lineOfText(3),
      reason: lineOfText(200),
      /** Held only, with what comes at the end of its time; without it: charged. */
      hold: z.enum(holdEnds).nullable().default(null),
      goPastPaymentId: idOf('payment').optional(),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const { goPastPaymentId = null, ...terms } = input;
    const answer = await chargeSavedMethod(ctx.runtime, {
      ...terms,
      goPastPaymentId,
      staffId: ctx.staff.staffId,
    });
    const row = answer.kind === 'duplicate' ? answer.earlier : answer.payment;
    const payment = showPayment(await readPayment(ctx.runtime.db, row.id));
    return { kind: answer.kind, payment };
  });
