import { checkEndpoint as check } from '@onfile/payments/webhooks/endpoint/check-endpoint.ts';
import { mendEndpoint as mend } from '@onfile/payments/webhooks/endpoint/mend-endpoint.ts';
import { settingsProcedure, viewerProcedure } from '../../procedures.ts';

/** Whether Stripe sends us what we need. */
export const checkEndpoint = viewerProcedure.query(({ ctx }) => check(ctx.runtime));

/**
 * Enables the endpoint that there is, with every type. A new one is made from the terminal alone, since
 * its secret has no business in a browser.
 */
export const mendEndpoint = settingsProcedure.mutation(async ({ ctx }) => {
  const { done, report } = await mend(ctx.runtime, { kind: 'staff', id: ctx.staff.staffId });
  return { done, report };
});
