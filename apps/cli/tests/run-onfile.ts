import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeEnvironment } from '@onfile/dev-env/run-tool.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';

const entry = fileURLToPath(new URL('../src/main.ts', import.meta.url));

export interface Ended {
  code: number;
  out: string;
  err: string;
}

/** Runs `onfile` as its own process with these arguments; `piped` is what its standard input gives. */
export function runOnfile(args: string[], env: Record<string, string>, piped = ''): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [entry, ...args],
      { env: { ...nodeEnvironment(), ...env }, maxBuffer: 64 * 1024 * 1024 },
      (_error, out, err) => resolve({ code: child.exitCode ?? -1, out, err }),
    );
    child.stdin?.end(piped);
  });
}

/** An operator's variables for the database and the sandbox of a story. */
export function operatorsEnv({ runtime, sandbox }: TestRuntime): Record<string, string> {
  const { database, stripe, authSecret, timeZone } = runtime.settings;
  return {
    ...(database.kind === 'sqlite'
      ? { ONFILE_DATA_DIR: dirname(database.file) }
      : { DATABASE_URL: database.url }),
    STRIPE_SECRET_KEY: stripe.secretKey,
    STRIPE_PUBLISHABLE_KEY: stripe.publishableKey,
    STRIPE_API_BASE: sandbox.url,
    ONFILE_AUTH_SECRET: authSecret,
    SHOP_TIME_ZONE: timeZone,
  };
}
