import type { Lease } from '@onfile/db/lease.ts';
import type { Runtime } from '../runtime.ts';

/** Longer than one call to Stripe may take with the SDK's own resend of a reset connection. */
const leaseMs = 60_000;

/** What a loop takes at once: few enough to be done well within the lease. */
export function workerLease(runtime: Runtime): Lease {
  return { holder: runtime.leaseHolder, now: runtime.clock.now(), leaseMs, limit: 10 };
}
