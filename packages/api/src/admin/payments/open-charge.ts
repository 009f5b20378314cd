import { getCustomer } from '@onfile/payments/customers/get-customer.ts';
import { newId } from '@onfile/payments/ids.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { chargerProcedure } from '../../procedures.ts';

/** Issues the id of a charge request, which stays in the dialog's URL and makes one payment. */
export const openCharge = chargerProcedure
  .input(z.strictObject({ customerId: idOf('customer') }))
  .mutation(async ({ ctx, input }) => {
    await getCustomer(ctx.runtime.db, input.customerId);
    return { chargeRequestId: newId('chargeRequest') };
  });
