import { currentStanding } from '@onfile/payments/environment/guard.ts';
import { storefront } from '../../trpc.ts';

/** Whether anything can be bought and changed here; for everybody. */
export const getStanding = storefront.base.query(async ({ ctx }) => ({
  isOwn: (await currentStanding(ctx.runtime)).kind === 'own',
}));
