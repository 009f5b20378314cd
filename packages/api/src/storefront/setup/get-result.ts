import { listSavedMethods } from '@onfile/db/views/saved-methods.ts';
import { findSetupPurpose } from '@onfile/db/views/setup-purpose.ts';
import { Refusal } from '@onfile/payments/refusal.ts';
import { getSetupResult } from '@onfile/payments/setup/get-setup-result.ts';
import { z } from 'zod';
import { stripeSessionId } from '../../input.ts';
import { shopperProcedure } from '../../procedures.ts';
import { showSavedMethod } from '../../show-saved-method.ts';

/**
 * What the return page shows; settles the session when the webhook has not come yet. While nothing is
 * saved it says what for, so that another try is for the same.
 */
export const getResult = shopperProcedure
  .input(z.strictObject({ stripeSessionId }))
  .query(async ({ ctx, input }) => {
    const customerId = ctx.customer.id;
    const result = await getSetupResult(ctx.runtime, { customerId, ...input });
    if (result.state !== 'saved') {
      const purpose = await findSetupPurpose(ctx.runtime.db, { customerId, ...input });
      return { ...result, purpose };
    }
    const methods = await listSavedMethods(ctx.runtime.db, customerId, { detachedToo: true });
    const method = methods.find((candidate) => candidate.id === result.paymentMethodId);
    if (!method) throw new Refusal('not_found', 'stripeSessionId');
    return { state: 'saved' as const, method: showSavedMethod(method) };
  });
