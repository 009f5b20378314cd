import type { Row } from '@onfile/db/database.ts';
import { findDriftRun, insertDriftRun } from '@onfile/db/tables/drift.ts';
import { listDriftRuns } from '@onfile/db/views/drift-report.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { countToCompare } from '@onfile/db/views/rows-to-compare.ts';
import type { Actor } from '../audit.ts';
import { audit } from '../audit.ts';
import { newId } from '../ids.ts';
import type { Runtime } from '../runtime.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** How far back intents and refunds that are over are still compared. */
export const recentMs = 30 * dayMs;
/** How many of each kind a sample looks at. */
export const sampleSize = 50;

/** A sample a day, by itself, which changes nothing. Two workers at once may make two: no harm. */
export async function planScheduledDrift(runtime: Pick<Runtime, 'db' | 'clock'>): Promise<void> {
  const now = runtime.clock.now();
  const [newest] = await listDriftRuns(runtime.db, 1);
  if (newest && (newest.status === 'open' || newest.createdAt > now - dayMs)) return;
  await insertDriftRun(runtime.db, newRun(now, { extent: 'sample', isRepairing: false }));
}

/**
 * Compares what we hold with what Stripe says: a sample, or all of it.
 * @param asked.isRepairing settle what differs by what Stripe says, through the door
 */
export async function requestDrift(
  runtime: Pick<Runtime, 'db' | 'clock'>,
  asked: { extent: 'sample' | 'full'; isRepairing: boolean; actor: Extract<Actor, { id: string }> },
): Promise<Row<'driftRuns'>> {
  const now = runtime.clock.now();
  const run = { ...newRun(now, asked), requestedBy: asked.actor.id };
  await inTransaction(runtime.db, async (tx) => {
    const total = asked.extent === 'full' ? await countToCompare(tx, now - recentMs) : run.total;
    await insertDriftRun(tx, { ...run, total });
    await audit(tx, runtime.clock, {
      actor: asked.actor,
      action: 'webhooks.drift_requested',
      subject: { kind: 'webhooks', id: run.id },
      details: { extent: asked.extent, repair: asked.isRepairing },
    });
  });
  const row = await findDriftRun(runtime.db, run.id);
  if (!row) throw new Error(`drift run ${run.id} is gone`);
  return row;
}

function newRun(now: number, of: { extent: 'sample' | 'full'; isRepairing: boolean }) {
  return {
    id: newId('driftRun'),
    extent: of.extent,
    isRepairing: of.isRepairing ? (1 as const) : (0 as const),
    status: 'open' as const,
    step: 'unknown_intents' as const,
    cursor: null,
    checked: 0,
    total: sampleSize * 3,
    requestedBy: null as string | null,
    tries: 0,
    createdAt: now,
    finishedAt: null,
    nextTryAt: now,
    leasedUntil: null,
    leaseHolder: null,
    lastError: null,
  };
}
