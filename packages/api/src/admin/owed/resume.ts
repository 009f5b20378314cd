import { resumePayment } from '@onfile/payments/charging/resume-payment.ts';
import { chargerProcedure } from '../../procedures.ts';
import { decisionInput } from './decision-input.ts';

/** Lets a paused amount go on. */
export const resume = chargerProcedure.input(decisionInput).mutation(async ({ ctx, input }) => {
  await resumePayment(ctx.runtime, { ...input, staffId: ctx.staff.staffId });
});
