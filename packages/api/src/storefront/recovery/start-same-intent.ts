import { startSameIntent as start } from '@onfile/payments/recovery/start-same-intent.ts';
import { storefront } from '../../trpc.ts';

/** Opens the step on the intent that failed; answers with its client secret. */
export const startSameIntent = storefront.base.mutation(({ ctx }) =>
  start(ctx.runtime, ctx.recoveryToken),
);
