import { claim } from '@onfile/db/lease.ts';
import { reconcileAttempt } from '../charging/reconcile-attempt.ts';
import type { Runtime } from '../runtime.ts';

const leaseMs = 60_000;

/**
 * Takes attempts that are open and held by nobody, and finds out what they came to.
 * @returns how many were taken; 0 means that nothing waits
 */
export async function resumeAttempts(runtime: Runtime): Promise<number> {
  const attempts = await claim(runtime.db, 'attempts', {
    holder: runtime.leaseHolder,
    now: runtime.clock.now(),
    leaseMs,
    limit: 10,
  });
  for (const attempt of attempts) await reconcileAttempt(runtime, attempt);
  return attempts.length;
}
