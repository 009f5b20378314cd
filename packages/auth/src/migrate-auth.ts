import { getMigrations } from 'better-auth/db/migration';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { configureShopperAuth } from './shopper-auth.ts';
import { configureStaffAuth } from './staff-auth.ts';

/** Creates or widens better-auth's own tables, for shoppers and for staff. Safe to repeat. */
export async function migrateAuth(runtime: Runtime): Promise<void> {
  for (const auth of [configureShopperAuth(runtime), configureStaffAuth(runtime)]) {
    const { runMigrations } = await getMigrations(auth.options);
    await runMigrations();
  }
}
