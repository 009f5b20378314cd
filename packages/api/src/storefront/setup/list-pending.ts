import { listPendingSetups } from '@onfile/db/views/pending-setups.ts';
import { nameMethod } from '@onfile/payments/payment-methods/name-method.ts';
import { shopperProcedure } from '../../procedures.ts';

const nameless = { brand: null, last4: null };

/** Payment methods that were entered and are not saved yet: a bank checks, or waits for the shopper. */
export const listPending = shopperProcedure.query(async ({ ctx }) => {
  const pending = await listPendingSetups(ctx.runtime.db, ctx.customer.id, { limit: 20 });
  return pending.map((setup) => ({
    stripeSessionId: setup.stripeSessionId,
    name: nameMethod(setup.method ?? nameless),
    startedAt: setup.startedAt,
    needsStep: setup.intentStatus === 'requires_action',
  }));
});
