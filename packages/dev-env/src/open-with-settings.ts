import { closedGuard } from '@onfile/payments/environment/guard.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { openStripe } from '@onfile/payments/runtime.ts';
import type { Settings, StripeSettings } from '@onfile/payments/settings.ts';
import type { TestRuntime } from './test-runtime.ts';

/** The same database, opened by a process that has other settings, and has not looked around yet. */
export function openWithSettings(
  test: TestRuntime,
  stripe: Partial<StripeSettings> = {},
  change: Partial<Settings> = {},
): Runtime {
  const { runtime } = test;
  const settings = {
    ...runtime.settings,
    ...change,
    stripe: { ...runtime.settings.stripe, ...stripe },
  };
  const guard = closedGuard();
  const given = { db: runtime.db, clock: runtime.clock, lane: 'present' as const, guard };
  return { ...runtime, settings, guard, stripe: openStripe(settings.stripe, given) };
}
