import { currentStanding } from '@onfile/payments/environment/guard.ts';
import { viewerProcedure } from '../../procedures.ts';

/** How the keys in use stand to this database. */
export const get = viewerProcedure.query(({ ctx }) => currentStanding(ctx.runtime));
