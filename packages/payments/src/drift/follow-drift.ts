import { setTimeout as wait } from 'node:timers/promises';
import type { Row } from '@onfile/db/database.ts';
import { findDriftRun } from '@onfile/db/tables/drift.ts';
import { listFindings, listStrays } from '@onfile/db/views/drift-report.ts';
import type { Runtime } from '../runtime.ts';
import { compareDrift } from './compare-drift.ts';

export type DriftRun = Row<'driftRuns'>;
export type DriftFinding = Row<'driftFindings'>;

/**
 * Compares, beside whatever worker runs, until a run is done.
 * @param show how far it has come, after each page
 */
export async function followDrift(
  runtime: Runtime,
  id: string,
  show: (run: DriftRun) => void,
): Promise<{ run: DriftRun; found: DriftFinding[]; strays: DriftFinding[] }> {
  for (;;) {
    const didCompare = (await compareDrift(runtime)) > 0;
    const run = await findDriftRun(runtime.db, id);
    if (!run) throw new Error(`drift run ${id} is gone`);
    if (run.status === 'done') {
      const found = await listFindings(runtime.db, id);
      return { run, found, strays: await listStrays(runtime.db, id) };
    }
    show(run);
    if (!didCompare) await wait(500);
  }
}
