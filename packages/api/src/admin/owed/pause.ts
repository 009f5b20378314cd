import { pausePayment } from '@onfile/payments/charging/pause-payment.ts';
import { chargerProcedure } from '../../procedures.ts';
import { decisionInput } from './decision-input.ts';

/** Stops an amount from being charged by itself. */
export const pause = chargerProcedure.input(decisionInput).mutation(async ({ ctx, input }) => {
  await pausePayment(ctx.runtime, { ...input, staffId: ctx.staff.staffId });
});
