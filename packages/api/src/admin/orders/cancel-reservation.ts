import { cancelReservation as cancel } from '@onfile/payments/fees/cancel-reservation.ts';
import { z } from 'zod';
import { idOf, lineOfText } from '../../input.ts';
import { chargerProcedure } from '../../procedures.ts';

/** Calls a reservation off, by the notice that its shopper gave. */
export const cancelReservation = chargerProcedure
  .input(
    z.strictObject({
      orderId: idOf('order'),
      /** `2027-06-30T14:05`, in the shop's time zone. */
      noticeAt: z.iso.datetime({ local: true, precision: -1 }),
      waive: z.boolean(),
      reason: lineOfText(200),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const { orderId, noticeAt: notice, waive: isWaived, reason } = input;
    await cancel(
      ctx.runtime,
      { orderId, notice, reason, isWaived, knowsOfFee: true },
      { kind: 'staff', id: ctx.staff.staffId },
    );
  });
