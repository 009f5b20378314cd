import { checkInvariants } from '@onfile/payments/invariants/check-invariants.ts';
import { viewerProcedure } from '../../procedures.ts';

/** What must hold at any moment, asked now: each by its name, with ids of what breaks it. */
export const getDoctor = viewerProcedure.query(async ({ ctx }) => ({
  askedAt: ctx.runtime.clock.now(),
  invariants: await checkInvariants(ctx.runtime),
}));
