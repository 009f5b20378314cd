import { listPayments } from '@onfile/db/views/payment-pages.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { viewerProcedure } from '../../procedures.ts';
import { showPayment } from '../../show-payment.ts';

/** The payment that a charge request made, null when it has made none yet. */
export const findByChargeRequest = viewerProcedure
  .input(z.strictObject({ chargeRequestId: idOf('chargeRequest'), customerId: idOf('customer') }))
  .query(async ({ ctx, input }) => {
    const [payment] = await listPayments(ctx.runtime.db, { ...input, limit: 1 });
    return payment ? showPayment(payment) : null;
  });
