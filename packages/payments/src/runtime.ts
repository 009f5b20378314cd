import pino from 'pino';
import type { Logger } from 'pino';
import type Stripe from 'stripe';
import { connect } from '@onfile/db/connect.ts';
import type { Db } from '@onfile/db/database.ts';
import type { Clock } from './clock.ts';
import { systemClock } from './clock.ts';
import type { EnvironmentGuard } from './environment/guard.ts';
import { closedGuard } from './environment/guard.ts';
import { logOptions } from './observability/log-options.ts';
import type { Settings, StripeSettings } from './settings.ts';
import { paceCalls, unpaced } from './stripe/pace-calls.ts';
import type { Lane } from './stripe/pacing.ts';
import { stripeLimits } from './stripe/pacing.ts';
import { stripeClient } from './stripe/stripe-client.ts';

/** What every use case works with: the opened database, Stripe, the clock, the log. */
export interface Runtime {
  db: Db;
  stripe: Stripe;
  clock: Clock;
  log: Logger;
  settings: Settings;
  /** Whether the database belongs to the keys; nothing is written to Stripe before that is known. */
  guard: EnvironmentGuard;
  /** Names this process on the rows that it leases. */
  leaseHolder: string;
}

/**
 * Opens everything that validated settings describe. Close it with {@link closeRuntime}.
 * @param given.guard closed unless given: the environment is looked at before the first write
 * @param given.lane `background` for a process whose calls to Stripe nobody waits for
 */
export function openRuntime(
  settings: Settings,
  given: { name: string; clock?: Clock; log?: Logger; lane?: Lane; guard?: EnvironmentGuard },
): Runtime {
  const db = connect(settings.database);
  const clock = given.clock ?? systemClock(settings.clockOffsetMs);
  const guard = given.guard ?? closedGuard();
  return {
    db,
    stripe: openStripe(settings.stripe, { db, clock, guard, lane: given.lane ?? 'present' }),
    clock,
    log: given.log ?? pino({ ...logOptions, name: given.name, level: settings.logLevel }),
    settings,
    guard,
    leaseHolder: `${given.name}-${process.pid}-${Math.random().toString(36).slice(2, 8)}`,
  };
}

/**
 * The SDK, paced under the limits that the settings name by buckets in this database, and silent while
 * the guard is closed.
 */
export function openStripe(
  settings: StripeSettings,
  given: { db: Db; clock: Clock; lane: Lane; guard: EnvironmentGuard },
): Stripe {
  const { rateLimits } = settings;
  const isLimited = rateLimits !== 'off';
  return stripeClient(
    settings,
    isLimited ? paceCalls({ ...given, limits: stripeLimits[rateLimits] }) : unpaced,
    () => given.guard.standing.kind === 'own',
  );
}

/** Closes the database; what is under way must have ended before. */
export async function closeRuntime(runtime: Runtime): Promise<void> {
  await runtime.db.destroy();
}
