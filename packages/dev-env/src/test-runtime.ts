import pino from 'pino';
import { closeRuntime, openRuntime, openStripe } from '@onfile/payments/runtime.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import type { Lane } from '@onfile/payments/stripe/pacing.ts';
import type { Settings } from '@onfile/payments/settings.ts';
import { createSandbox } from '@onfile/stripe-sandbox/server.ts';
import type { Sandbox } from '@onfile/stripe-sandbox/server.ts';
import { movableClock } from './movable-clock.ts';
import type { MovableClock } from './movable-clock.ts';
import { ownGuard } from './own-guard.ts';
import { receiveWebhooks } from './receive-webhooks.ts';
import { sandboxControl } from './sandbox-control.ts';
import type { SandboxControl } from './sandbox-control.ts';
import { createTestDatabase } from './test-database.ts';
import type { Dialect } from './test-database.ts';
import { testSettings } from './test-settings.ts';

export interface TestRuntime {
  runtime: Runtime;
  /** Moves the runtime's time, and the sandbox's when it runs in this process. */
  clock: MovableClock;
  sandbox: { url: string };
  control: SandboxControl;
  /** Closes and removes everything that {@link openTestRuntime} made. */
  close(): Promise<void>;
}

export interface TestRuntimeOptions {
  dialect: Dialect;
  clock?: MovableClock;
  /** A shared sandbox, which stays open; without it one of its own, in memory. */
  sandbox?: Sandbox;
  /** Registers a webhook endpoint that hands each event to `receiveStripeEvent`. */
  webhooks?: boolean;
  settings?: Partial<Settings>;
  lane?: Lane;
  /** Under whose limits it paces its calls; none unless told otherwise. */
  rateLimits?: 'live' | 'test';
}

/** A runtime on a fresh database, talking to a sandbox over HTTP. */
export async function openTestRuntime(options: TestRuntimeOptions): Promise<TestRuntime> {
  const clock = options.clock ?? movableClock();
  const database = await createTestDatabase(options.dialect);
  const sandbox = options.sandbox ?? (await createSandbox({ clock }));
  const settings = testSettings(database.location, sandbox.url, options.settings);
  settings.stripe.rateLimits = options.rateLimits ?? settings.stripe.rateLimits;
  const runtime = openRuntime(settings, {
    name: 'test',
    clock,
    log: silentLog(),
    guard: ownGuard(),
    ...(options.lane && { lane: options.lane }),
  });
  const receiver = options.webhooks ? await receiveWebhooks(runtime) : null;
  return {
    runtime,
    clock,
    sandbox,
    control: sandboxControl(sandbox.url),
    async close() {
      if (!options.sandbox) await sandbox.close();
      await receiver?.close();
      await closeRuntime(runtime);
      await database.remove();
    },
  };
}

/**
 * Another process's view of the same database and sandbox. On SQLite it shares the connection: two
 * connections of one process would wait for each other by blocking the thread that both need.
 */
export function openAnotherRuntime(
  test: TestRuntime,
  name: string,
  lane: Lane = 'present',
): { runtime: Runtime; close(): Promise<void> } {
  if (test.runtime.settings.database.kind === 'sqlite') {
    const { db, clock, settings, guard } = test.runtime;
    const stripe = openStripe(settings.stripe, { db, clock, guard, lane });
    const runtime = { ...test.runtime, leaseHolder: name, stripe };
    return { runtime, close: () => Promise.resolve() };
  }
  const given = { name, lane, clock: test.clock, log: silentLog(), guard: ownGuard() };
  const runtime = openRuntime(test.runtime.settings, given);
  return { runtime, close: () => closeRuntime(runtime) };
}

function silentLog(): Runtime['log'] {
  return pino({ level: 'silent' });
}
