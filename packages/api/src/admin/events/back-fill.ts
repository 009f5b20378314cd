import { listBackFills as list } from '@onfile/db/views/back-fill-list.ts';
import { exportRange } from '@onfile/payments/privacy/export-range.ts';
import { requestBackFill } from '@onfile/payments/webhooks/back-fill/plan-back-fill.ts';
import { z } from 'zod';
import { settingsProcedure, viewerProcedure } from '../../procedures.ts';

/** Reads Stripe's list of events from a day of the shop's calendar on. */
export const startBackFill = settingsProcedure
  .input(z.strictObject({ from: z.iso.date() }))
  .mutation(async ({ ctx, input }) => {
    const { id } = await requestBackFill(ctx.runtime, {
      from: exportRange(input, ctx.runtime.settings.timeZone).from,
      actor: { kind: 'staff', id: ctx.staff.staffId },
    });
    return { id };
  });

/** The last readings of Stripe's list, by hand and by themselves. */
export const listBackFills = viewerProcedure.query(async ({ ctx }) => {
  const runs = await list(ctx.runtime.db, 10);
  return runs.map(({ cursor: _cursor, leaseHolder: _holder, leasedUntil: _until, ...run }) => run);
});
