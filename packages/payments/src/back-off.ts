import type { Instant } from '@onfile/db/database.ts';

/** Up to a quarter later than planned: what failed together is not tried again together. */
export function scattered(now: Instant, at: Instant): Instant {
  return Math.round(at + (at - now) * 0.25 * Math.random());
}

/** When to try again: `firstMs` after the first failure, doubling, never more than `mostMs`. */
export function backOff(
  now: Instant,
  failures: number,
  bounds: { firstMs: number; mostMs: number },
): Instant {
  return now + Math.min(bounds.firstMs * 2 ** failures, bounds.mostMs);
}
