import { skipPayment } from '@onfile/payments/charging/skip-payment.ts';
import { chargerProcedure } from '../../procedures.ts';
import { decisionInput } from './decision-input.ts';

/** Waives an amount: it is canceled, and its order goes on. */
export const skip = chargerProcedure.input(decisionInput).mutation(async ({ ctx, input }) => {
  await skipPayment(ctx.runtime, { ...input, staffId: ctx.staff.staffId });
});
