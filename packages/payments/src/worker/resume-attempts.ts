import type { Row } from '@onfile/db/database.ts';
import { claim } from '@onfile/db/lease.ts';
import { reconcileAttempt } from '../charging/reconcile-attempt.ts';
import { askAgainLater } from '../charging/send-attempt.ts';
import { countLeases } from '../observability/metrics.ts';
import type { Runtime } from '../runtime.ts';
import { workerLease } from './worker-lease.ts';

/**
 * Takes attempts that are open and held by nobody, and finds out what they came to. One that
 * fails is logged and put back, and never holds up the others.
 * @returns how many were taken; 0 means that nothing waits
 */
export async function resumeAttempts(runtime: Runtime): Promise<number> {
  const attempts = countLeases(
    'attempts',
    await claim(runtime.db, 'attempts', workerLease(runtime)),
  );
  await Promise.all(attempts.map((attempt) => resume(runtime, attempt)));
  return attempts.length;
}

async function resume(runtime: Runtime, attempt: Row<'attempts'>): Promise<void> {
  try {
    await reconcileAttempt(runtime, attempt);
  } catch (error) {
    runtime.log.error({ attempt: attempt.id, err: error }, 'attempt not reconciled');
    await askAgainLater(runtime, { ...attempt, sendCount: attempt.sendCount + 1 });
  }
}
