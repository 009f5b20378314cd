import { addShopper } from '@onfile/auth/add-shopper.ts';
import { addStaff } from '@onfile/auth/add-staff.ts';
import { migrateAuth } from '@onfile/auth/migrate-auth.ts';
import { migrateToLatest } from '@onfile/db/migrate.ts';
import { findEnvironment } from '@onfile/db/tables/environment.ts';
import { guardEnvironment } from '@onfile/payments/environment.ts';
import { closeRuntime, openRuntime } from '@onfile/payments/runtime.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import type { Settings } from '@onfile/payments/settings.ts';
import { seedCatalogue } from '../seed-catalogue.ts';
import type { DemoKeys } from './demo-keys.ts';

/**
 * Brings the database to the newest migration, better-auth's tables included, and adds the demo's
 * people and products if there are to be any.
 * @throws SettingsError when it belongs to another Stripe mode or account
 */
export async function prepareDatabase(
  settings: Settings,
  logins: DemoKeys['logins'] | null,
): Promise<void> {
  const runtime = openRuntime({ ...settings, logLevel: 'silent' }, { name: 'dev-env' });
  try {
    // Before a single change: a database of another account is none of ours to migrate.
    if (await isInUse(runtime.db)) await guardEnvironment(runtime);
    await migrateToLatest(runtime.db);
    await migrateAuth(runtime);
    await guardEnvironment(runtime);
    if (!logins) return;
    await addShopper(runtime, { ...logins.shopper, name: 'Sam Shopper' });
    await seedCatalogue(runtime);
    await addStaff(runtime, { ...logins.owner, name: 'Olive Owner', role: 'owner' });
  } finally {
    await closeRuntime(runtime);
  }
}

/** Whether a process of ours has ever opened this database. */
async function isInUse(db: Runtime['db']): Promise<boolean> {
  const tables = await db.withoutPlugins().introspection.getTables();
  if (!tables.some((table) => table.name === 'environment')) return false;
  return (await findEnvironment(db)) !== undefined;
}
