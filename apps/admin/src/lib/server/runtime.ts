import process from 'node:process';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { closeRuntime, openRuntime } from '@onfile/payments/runtime.ts';
import { parseSettings, SettingsError } from '@onfile/payments/settings.ts';

let runtime: Runtime | undefined;

/** The process's one runtime. Opened on first use and not on import: a build imports this file. */
export function getRuntime(): Runtime {
  runtime ??= openFromEnvironment();
  return runtime;
}

function openFromEnvironment(): Runtime {
  const opened = openRuntime(readSettings(), { name: 'admin' });
  // adapter-node has answered what was under way when it emits this.
  process.once('sveltekit:shutdown', () => void closeRuntime(opened));
  return opened;
}

function readSettings() {
  try {
    return parseSettings(process.env);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
