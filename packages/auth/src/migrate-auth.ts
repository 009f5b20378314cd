import { getMigrations } from 'better-auth/db/migration';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { shopperAuthOptions } from './shopper-auth.ts';
import { staffAuthOptions } from './staff-auth.ts';

/** Creates or widens better-auth's own tables, for shoppers and for staff. Safe to repeat. */
export async function migrateAuth(runtime: Runtime): Promise<void> {
  for (const options of [shopperAuthOptions(runtime), staffAuthOptions(runtime)]) {
    const { runMigrations } = await getMigrations(options);
    await runMigrations();
  }
}
