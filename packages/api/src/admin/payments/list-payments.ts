import { listPayments as list } from '@onfile/db/views/payment-pages.ts';
import { viewerProcedure } from '../../procedures.ts';
import { showPayment } from '../../show-payment.ts';

/** The newest 50 payments. */
export const listPayments = viewerProcedure.query(async ({ ctx }) =>
  (await list(ctx.runtime.db, { limit: 50 })).map(showPayment),
);
