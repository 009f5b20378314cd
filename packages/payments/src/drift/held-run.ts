import type { Row } from '@onfile/db/database.ts';
import { updateDriftRun } from '@onfile/db/tables/drift.ts';
import type { Runtime } from '../runtime.ts';
import { LeaseLost } from '../worker/lease-lost.ts';
import { workerLease } from '../worker/worker-lease.ts';

/** A run as the process holds it that compares a page of it. */
export interface HeldRun extends Row<'driftRuns'> {
  /**
   * Holds on to the run: asked before each question to Stripe, since a page has many, and any of them may
   * be slow. Writes only when a third of the lease is over.
   * @throws LeaseLost when it is another's by now
   */
  keep(): Promise<void>;
}

/** Holds a run that was just taken. */
export function holdRun(runtime: Runtime, run: Row<'driftRuns'>): HeldRun {
  const { leaseMs } = workerLease(runtime);
  let renewAt = (run.leasedUntil ?? 0) - (leaseMs * 2) / 3;
  return {
    ...run,
    async keep() {
      const now = runtime.clock.now();
      if (now < renewAt) return;
      if (!(await updateDriftRun(runtime.db, run, { leasedUntil: now + leaseMs }))) {
        throw new LeaseLost();
      }
      renewAt = now + leaseMs / 3;
    },
  };
}
