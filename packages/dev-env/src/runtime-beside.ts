import pino from 'pino';
import { closeRuntime, openRuntime } from '@onfile/payments/runtime.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { parseSettings } from '@onfile/payments/settings.ts';
import { ownGuard } from './own-guard.ts';

/** Works beside processes that run, on their database and with their keys. @param env theirs */
export async function runtimeBeside<T>(
  env: Record<string, string>,
  work: (runtime: Runtime) => Promise<T>,
): Promise<T> {
  const log = pino({ level: 'silent' });
  const runtime = openRuntime(parseSettings(env), { name: 'beside', log, guard: ownGuard() });
  try {
    return await work(runtime);
  } finally {
    await closeRuntime(runtime);
  }
}
