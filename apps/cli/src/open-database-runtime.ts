import { resolve } from 'node:path';
import { pendingMigrations } from '@onfile/db/migrate.ts';
import { currentStanding } from '@onfile/payments/environment/guard.ts';
import { sayStanding } from '@onfile/payments/environment/say-standing.ts';
import { closeRuntime, openRuntime } from '@onfile/payments/runtime.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { parseSettings } from '@onfile/payments/settings.ts';
import { CommandError } from './output.ts';

/**
 * What most commands never use, so that they run without an operator's secrets at hand: they
 * work on the database alone.
 */
const unused = {
  STRIPE_SECRET_KEY: 'sk_test_unusedByThisCommand',
  STRIPE_PUBLISHABLE_KEY: 'pk_test_unusedByThisCommand',
  STRIPE_WEBHOOK_SECRET: 'whsec_unusedByThisCommand',
  STRIPE_API_BASE: '',
  ONFILE_AUTH_SECRET: 'unused by this command, and long enough for the settings',
};

/**
 * Runs `work` on the database that DATABASE_URL or ONFILE_DATA_DIR names.
 * @throws CommandError when it cannot be opened
 */
export async function withDatabase<T>(work: (runtime: Runtime) => Promise<T>): Promise<T> {
  return withRuntime({ ...process.env, ...unused }, work);
}

/** The same, refused while the database is not migrated. */
export async function withMigratedDatabase<T>(work: (runtime: Runtime) => Promise<T>): Promise<T> {
  return withDatabase(async (runtime) => {
    await requireMigrated(runtime);
    return work(runtime);
  });
}

/**
 * Runs `work` on the database and with the Stripe account that it belongs to, as the apps do.
 * @throws SettingsError with sentences that name what is missing
 * @throws CommandError for another account's database
 */
export async function withStripe<T>(work: (runtime: Runtime) => Promise<T>): Promise<T> {
  return withAnyStripe(async (runtime) => {
    const standing = await currentStanding(runtime);
    if (standing.kind !== 'own') throw new CommandError(sayStanding(standing));
    return work(runtime);
  });
}

/** The same, also where the database belongs to another account: for those who look at just that. */
export async function withAnyStripe<T>(work: (runtime: Runtime) => Promise<T>): Promise<T> {
  // The webhook secret is not known before the endpoint is made, which is done by one of these.
  const { STRIPE_WEBHOOK_SECRET, ONFILE_AUTH_SECRET } = unused;
  const env = { STRIPE_WEBHOOK_SECRET, ONFILE_AUTH_SECRET, ...process.env };
  return withRuntime(env, async (runtime) => {
    await requireMigrated(runtime);
    return work(runtime);
  });
}

async function requireMigrated(runtime: Runtime): Promise<void> {
  if ((await pendingMigrations(runtime.db)).length > 0) {
    throw new CommandError('The database is not migrated: run "pnpm onfile migrate" first.');
  }
}

async function withRuntime<T>(
  env: Record<string, string | undefined>,
  work: (runtime: Runtime) => Promise<T>,
): Promise<T> {
  const dataDir = resolve(process.env['ONFILE_DATA_DIR'] || 'data');
  const settings = parseSettings({ ...env, ONFILE_DATA_DIR: dataDir });
  const runtime = openRuntime({ ...settings, logLevel: 'silent' }, { name: 'cli' });
  try {
    return await work(runtime);
  } catch (problem) {
    const code = problem instanceof Error && 'code' in problem ? String(problem.code) : '';
    if (code === 'ECONNREFUSED' || code.startsWith('SQLITE_CANTOPEN') || /^(28|3D)/.test(code)) {
      const name = settings.database.kind === 'postgres' ? 'DATABASE_URL' : 'ONFILE_DATA_DIR';
      throw new CommandError(`The database that ${name} names could not be opened (${code}).`);
    }
    throw problem;
  } finally {
    await closeRuntime(runtime);
  }
}
