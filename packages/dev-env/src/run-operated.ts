import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { connect } from '@onfile/db/connect.ts';
import { migrations } from '@onfile/db/migrations/index.ts';
import { pendingMigrations } from '@onfile/db/migrate.ts';
import { parseSettings } from '@onfile/payments/settings.ts';
import type { Settings } from '@onfile/payments/settings.ts';
import { buildStaleApps } from './builds/build-stale.ts';
import { openChildGroup } from './constellation/child-group.ts';
import { childPlan } from './constellation/child-plans.ts';
import { ownEnvironment } from './constellation/own-environment.ts';
import { checkPortsAreFree, readPorts, StartError } from './constellation/ports.ts';
import type { Ports } from './constellation/ports.ts';
import { prepareDatabase } from './constellation/prepare-database.ts';
import { printTable } from './constellation/print-table.ts';
import { removeDemoLogins } from './constellation/remove-demo-logins.ts';
import type { Start } from './constellation/run-until-signal.ts';

const stripeVariables = [
  'STRIPE_SECRET_KEY',
  'STRIPE_PUBLISHABLE_KEY',
  'STRIPE_WEBHOOK_SECRET',
  'STRIPE_API_BASE',
];

const modes = {
  live: 'your live Stripe keys',
  test: 'your Stripe test keys',
  sandbox: 'a sandbox elsewhere',
};

/** Whether an operator gave any key: then there is no demo, and a missing one is a mistake. */
export function hasStripeKeys(env: NodeJS.ProcessEnv): boolean {
  return stripeVariables.some((name) => env[name]);
}

/**
 * Apps and worker on the operator's settings: no sandbox, nothing seeded, no demo login.
 * @param options.migrate bring an older database to the newest migration; else that is refused. An
 *   empty database is set up either way.
 */
export function runOperated(options: { migrate: boolean }): Start {
  return async (onGroup) => {
    const ports = readPorts(process.env);
    const env = await operatorEnvironment(ports);
    const settings = parseSettings(env);
    await checkPortsAreFree({
      storefront: ports.storefront,
      admin: ports.admin,
      worker: ports.worker,
    });
    await buildStaleApps((line) => console.log(line));
    await checkDatabase(settings, options.migrate);
    await prepareDatabase(settings, null);
    await removeDemoLogins(settings);
    const group = openChildGroup(ports);
    onGroup(group);
    const names = ['storefront', 'admin', 'worker'] as const;
    await Promise.all(
      names.map((name) => group.start(shown(childPlan(name, ports, env, 'built')))),
    );
    printTable(`Onfile is running on ${modes[settings.stripe.mode]}. Ctrl-C ends it.`, [
      ['Storefront', settings.storefrontOrigin],
      ['Admin', settings.adminOrigin],
      ['Stripe', settings.stripe.apiBase?.origin ?? 'api.stripe.com'],
      ['Webhooks to', `${settings.storefrontOrigin}/webhooks/stripe`],
    ]);
    return group;
  };
}

/** Logs go where the operator's other logs go: to standard output. */
function shown(plan: ReturnType<typeof childPlan>): ReturnType<typeof childPlan> {
  return { ...plan, onLine: (line) => console.log(line) };
}

async function operatorEnvironment(ports: Ports): Promise<Record<string, string>> {
  const own = ownEnvironment();
  const dataDir = resolve(own['ONFILE_DATA_DIR'] || 'data');
  return {
    STOREFRONT_ORIGIN: `http://localhost:${String(ports.storefront)}`,
    ADMIN_ORIGIN: `http://localhost:${String(ports.admin)}`,
    ...(!own['DATABASE_URL'] && { ONFILE_AUTH_SECRET: await keptAuthSecret(dataDir) }),
    ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== '')),
    ONFILE_DATA_DIR: dataDir,
  };
}

/** On one machine with SQLite the secret may be ours to make; several machines must share one. */
async function keptAuthSecret(dataDir: string): Promise<string> {
  const file = join(dataDir, 'auth-secret');
  const kept = await readFile(file, 'utf8').catch(() => null);
  if (kept !== null) return kept;
  const made = randomBytes(32).toString('base64url');
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await writeFile(file, made, { mode: 0o600 });
  return made;
}

async function checkDatabase(settings: Settings, mayMigrate: boolean): Promise<void> {
  const db = connect(settings.database);
  try {
    const pending = await pendingMigrations(db);
    const isEmpty = pending.length === Object.keys(migrations).length;
    if (pending.length > 0 && !isEmpty && !mayMigrate) {
      throw new StartError(
        `The database is older than this version (${pending.join(', ')} has not run): ` +
          'run "pnpm onfile migrate" first.',
      );
    }
  } catch (problem) {
    if (problem instanceof StartError) throw problem;
    const name = settings.database.kind === 'postgres' ? 'DATABASE_URL' : 'ONFILE_DATA_DIR';
    const why = problem instanceof Error ? problem.message : String(problem);
    throw new StartError(`The database that ${name} names could not be opened: ${why}`);
  } finally {
    await db.destroy();
  }
}
