import type { Db, Instant } from '../database.ts';

/**
 * Ends every reading of Stripe's list of events and every comparison that is open, whoever works on it.
 * @param end.why what is shown of them: they did not come to their end
 */
export async function closeRuns(db: Db, end: { now: Instant; why: string }): Promise<void> {
  const change = {
    status: 'done' as const,
    finishedAt: end.now,
    lastError: end.why,
    leasedUntil: null,
    leaseHolder: null,
  };
  await db.updateTable('backFills').set(change).where('status', '=', 'open').execute();
  await db.updateTable('driftRuns').set(change).where('status', '=', 'open').execute();
}
