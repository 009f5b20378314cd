import { closeRuntime, openRuntime } from '@onfile/payments/runtime.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { parseSettings } from '@onfile/payments/settings.ts';
import type { Constellation } from './constellation.ts';
import { ownGuard } from './own-guard.ts';

/** Does something with the database and the sandbox of a running constellation, beside its apps. */
export async function withRuntime<T>(
  onfile: Pick<Constellation, 'env'>,
  use: (runtime: Runtime) => Promise<T>,
): Promise<T> {
  const settings = parseSettings({ ...onfile.env, LOG_LEVEL: 'silent' });
  const runtime = openRuntime(settings, { name: 'story', guard: ownGuard() });
  try {
    return await use(runtime);
  } finally {
    await closeRuntime(runtime);
  }
}
