import { forgetTries as forget } from '@onfile/db/tables/rate-limits.ts';
import type { Runtime } from '../runtime.ts';

/** Forgets who tried what once it limits nothing any more. @returns how many counts */
export function forgetTries(runtime: Runtime): Promise<number> {
  return forget(runtime.db, runtime.clock.now());
}
