import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@onfile/dev-env/postgres.ts';
import { closeRuntime, openRuntime } from '@onfile/payments/runtime.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { parseSettings } from '@onfile/payments/settings.ts';
import { migrateAuth } from '../src/migrate-auth.ts';

export const dialects = ['sqlite', 'postgres'] as const;

export interface AuthFixture {
  runtime: Runtime;
  close(): Promise<void>;
}

/** An empty, migrated database of the dialect, and a runtime over it that reaches no network. */
export async function openAuthFixture(
  dialect: (typeof dialects)[number],
  env: Record<string, string> = {},
): Promise<AuthFixture> {
  const folder = await mkdtemp(join(tmpdir(), 'onfile-auth-'));
  const postgres = dialect === 'postgres' ? await startPostgres() : null;
  const settings = parseSettings({
    STRIPE_SECRET_KEY: 'sk_test_auth',
    STRIPE_PUBLISHABLE_KEY: 'pk_test_auth',
    STRIPE_WEBHOOK_SECRET: 'whsec_auth_test',
    ONFILE_AUTH_SECRET: 'a secret that only these tests know of',
    LOG_LEVEL: 'silent',
    ONFILE_DATA_DIR: folder,
    ...(postgres ? { DATABASE_URL: await postgres.createDatabase('auth') } : {}),
    ...env,
  });
  const runtime = openRuntime(settings, { name: 'auth-test' });
  await migrateAuth(runtime);
  return {
    runtime,
    close: async () => {
      await closeRuntime(runtime);
      await postgres?.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
