import { reschedulePayment } from '@onfile/payments/charging/reschedule-payment.ts';
import { z } from 'zod';
import { chargerProcedure } from '../../procedures.ts';
import { decisionInput } from './decision-input.ts';

/** Puts an amount on another day of the shop's calendar. */
export const reschedule = chargerProcedure
  .input(decisionInput.extend({ day: z.iso.date() }))
  .mutation(async ({ ctx, input }) => {
    await reschedulePayment(ctx.runtime, { ...input, staffId: ctx.staff.staffId });
  });
