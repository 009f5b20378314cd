import { listDriftRuns, listFindings, listStrays } from '@onfile/db/views/drift-report.ts';
import { requestDrift } from '@onfile/payments/drift/plan-drift.ts';
import { z } from 'zod';
import { settingsProcedure, viewerProcedure } from '../../procedures.ts';

/** The newest comparisons, and what the newest one found. */
export const getDrift = viewerProcedure.query(async ({ ctx }) => {
  const runs = await listDriftRuns(ctx.runtime.db, 10);
  const [newest] = runs;
  return {
    runs: runs.map(({ cursor: _cursor, leaseHolder: _holder, leasedUntil: _until, ...run }) => ({
      ...run,
      isRepairing: run.isRepairing === 1,
    })),
    findings: newest ? await listFindings(ctx.runtime.db, newest.id) : [],
    strays: newest ? await listStrays(ctx.runtime.db, newest.id) : [],
  };
});

/** Compares what we hold with what Stripe says; the worker does it. */
export const startDrift = settingsProcedure
  .input(z.strictObject({ extent: z.enum(['sample', 'full']), repair: z.boolean() }))
  .mutation(async ({ ctx, input }) => {
    const { id } = await requestDrift(ctx.runtime, {
      extent: input.extent,
      isRepairing: input.repair,
      actor: { kind: 'staff', id: ctx.staff.staffId },
    });
    return { id };
  });
