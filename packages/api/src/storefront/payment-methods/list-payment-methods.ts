import { listSavedMethods } from '@onfile/db/views/saved-methods.ts';
import { shopperProcedure } from '../../procedures.ts';
import { showSavedMethod } from '../../show-saved-method.ts';

/** The shopper's own methods, newest first. */
export const listPaymentMethods = shopperProcedure.query(async ({ ctx }) => {
  const methods = await listSavedMethods(ctx.runtime.db, ctx.customer.id, { detachedToo: false });
  return methods.map(showSavedMethod);
});
