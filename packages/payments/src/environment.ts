import { findEnvironment, recordEnvironment } from '@onfile/db/tables/environment.ts';
import type { Runtime } from './runtime.ts';
import { SettingsError } from './settings.ts';

/**
 * Holds the database to the Stripe mode that it was first used with: demo data and its logins are
 * worth nothing beside real keys, and test cards must not meet live ones.
 * @throws SettingsError with a sentence that says what to do
 */
export async function guardEnvironment(runtime: Runtime): Promise<void> {
  const { mode } = runtime.settings.stripe;
  await recordEnvironment(runtime.db, {
    id: 1,
    stripeMode: mode,
    stripeAccountId: null,
    recordedAt: runtime.clock.now(),
  });
  const known = await findEnvironment(runtime.db);
  if (known && known.stripeMode !== mode) {
    throw new SettingsError([
      `This database belongs to Stripe mode "${known.stripeMode}", and the keys are for "${mode}": ` +
        'set ONFILE_DATA_DIR or DATABASE_URL to a database of its own.',
    ]);
  }
}
