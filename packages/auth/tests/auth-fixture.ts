import type { Dialect } from '@onfile/dev-env/test-database.ts';
import { createTestDatabase } from '@onfile/dev-env/test-database.ts';
import { testSettings } from '@onfile/dev-env/test-settings.ts';
import { ownGuard } from '@onfile/dev-env/own-guard.ts';
import { closeRuntime, openRuntime } from '@onfile/payments/runtime.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';

export interface AuthFixture {
  runtime: Runtime;
  close(): Promise<void>;
}

/** A migrated database of the dialect without people, and a runtime over it. */
export async function openAuthFixture(dialect: Dialect): Promise<AuthFixture> {
  const database = await createTestDatabase(dialect);
  // Nothing listens there: authentication must work without any network.
  const settings = testSettings(database.location, 'http://127.0.0.1:9');
  const runtime = openRuntime(settings, { name: 'auth-test', guard: ownGuard() });
  return {
    runtime,
    close: async () => {
      await closeRuntime(runtime);
      await database.remove();
    },
  };
}
