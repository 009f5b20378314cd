import process from 'node:process';
import { pendingMigrations } from '@onfile/db/migrate.ts';
import { currentStanding } from './environment/guard.ts';
import { serveProbes } from './observability/serve-probes.ts';
import type { Runtime } from './runtime.ts';
import { closeRuntime, openRuntime } from './runtime.ts';
import type { Lane } from './stripe/pacing.ts';
import type { Settings } from './settings.ts';
import { parseSettings, SettingsError } from './settings.ts';

/** A mistake of configuration ends the process with its sentences and code 1, never with a stack. */
function endWith(error: unknown): never {
  if (!(error instanceof SettingsError)) throw error;
  console.error(error.message);
  process.exit(1);
}

function readSettings(): Settings {
  try {
    return parseSettings(process.env);
  } catch (error) {
    return endWith(error);
  }
}

/** Opens the runtime of a process (an app, the worker) from its environment. */
export function openProcessRuntime(name: string, lane: Lane): Runtime {
  return openRuntime(readSettings(), { name, lane });
}

/**
 * What every process checks before it serves anything: the database is migrated, and how the keys
 * stand to it. Ends the process with a sentence when it must not be opened with them at all.
 */
export async function checkBeforeServing(runtime: Runtime): Promise<void> {
  try {
    if ((await pendingMigrations(runtime.db)).length > 0) {
      throw new SettingsError(['The database is not up to date: run "pnpm onfile migrate" first.']);
    }
    await currentStanding(runtime);
  } catch (error) {
    endWith(error);
  }
}

/** Answers probes on the port of its own that the settings name, if any; ends the process when it is taken. */
export async function openProbes(runtime: Runtime): Promise<{ close(): Promise<void> } | null> {
  const { workerProbes } = runtime.settings.observability;
  if (!workerProbes) return null;
  return serveProbes(runtime, workerProbes).catch(endWith);
}

/**
 * The one runtime of an app's process: `start` opens it before the first request and ends the
 * process when it may not serve, `get` is for everything after.
 * @param ended calls back when the app has answered what was under way
 */
export function appRuntime(
  name: string,
  ended: (close: () => void) => void,
): { start: () => Promise<void>; get: () => Runtime } {
  let runtime: Runtime | undefined;
  return {
    async start() {
      const opened = openProcessRuntime(name, 'present');
      await checkBeforeServing(opened);
      ended(() => void closeRuntime(opened));
      runtime = opened;
    },
    get() {
      if (!runtime) throw new Error('The runtime is not open yet.');
      return runtime;
    },
  };
}
