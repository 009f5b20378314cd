import type { Instant } from '@onfile/db/database.ts';

/** When to try again: `firstMs` after the first failure, doubling, never more than `mostMs`. */
export function backOff(
  now: Instant,
  failures: number,
  bounds: { firstMs: number; mostMs: number },
): Instant {
  return now + Math.min(bounds.firstMs * 2 ** failures, bounds.mostMs);
}
