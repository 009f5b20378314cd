import { writeOffPayment } from '@onfile/payments/charging/write-off-payment.ts';
import { chargerProcedure } from '../../procedures.ts';
import { decisionInput } from './decision-input.ts';

/** Gives an amount up; its shopper can still pay it by link. */
export const writeOff = chargerProcedure.input(decisionInput).mutation(async ({ ctx, input }) => {
  await writeOffPayment(ctx.runtime, { ...input, staffId: ctx.staff.staffId });
});
