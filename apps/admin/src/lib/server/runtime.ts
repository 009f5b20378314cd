import process from 'node:process';
import { checkBeforeServing, openProcessRuntime } from '@onfile/payments/process-runtime.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { closeRuntime } from '@onfile/payments/runtime.ts';

let runtime: Runtime | undefined;

/** Opens the process's one runtime, and ends the process when it may not serve. */
export async function startRuntime(): Promise<void> {
  const opened = openProcessRuntime('admin');
  await checkBeforeServing(opened);
  // adapter-node has answered what was under way when it emits this.
  process.once('sveltekit:shutdown', () => void closeRuntime(opened));
  runtime = opened;
}

/** The process's one runtime. */
export function getRuntime(): Runtime {
  if (!runtime) throw new Error('The runtime is not open yet.');
  return runtime;
}
