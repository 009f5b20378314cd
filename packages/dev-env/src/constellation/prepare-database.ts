import { addShopper } from '@onfile/auth/add-shopper.ts';
import { addStaff } from '@onfile/auth/add-staff.ts';
import { migrateAuth } from '@onfile/auth/migrate-auth.ts';
import type { StripeMode } from '@onfile/db/database.ts';
import { migrateToLatest } from '@onfile/db/migrate.ts';
import { refuseDemoData } from '@onfile/payments/environment/check-environment.ts';
import { currentStanding } from '@onfile/payments/environment/guard.ts';
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
    // Before a single change: a sandbox's database with real keys is none of ours to migrate.
    const recorded = await recordedMode(runtime.db);
    if (recorded) refuseDemoData(recorded, settings.stripe.mode);
    await migrateToLatest(runtime.db);
    await migrateAuth(runtime);
    await currentStanding(runtime);
    if (!logins) return;
    await addShopper(runtime, { ...logins.shopper, name: 'Sam Shopper' });
    await seedCatalogue(runtime);
    await addStaff(runtime, { ...logins.owner, name: 'Olive Owner', role: 'owner' });
  } finally {
    await closeRuntime(runtime);
  }
}

/** In which mode a process of ours first opened this database; null: none ever has. */
async function recordedMode(db: Runtime['db']): Promise<StripeMode | null> {
  const tables = await db.withoutPlugins().introspection.getTables();
  if (!tables.some((table) => table.name === 'environment')) return null;
  // Of an older database, which has fewer columns than the table's type.
  const row = await db.selectFrom('environment').select('stripeMode').executeTakeFirst();
  return row?.stripeMode ?? null;
}
