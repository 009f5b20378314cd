import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const PACKAGE = '@stripe/cli-linux-x64';

/** Why the real Stripe CLI cannot run here; undefined when it can. */
export const cliMissing = ((): string | undefined => {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return `The Stripe CLI is installed for linux-x64 only, and this is ${process.platform}-${process.arch}.`;
  }
  return undefined;
})();
if (cliMissing !== undefined) console.warn(`Skipped: ${cliMissing}`);

export type CliAnswer = { code: number; output: string };
export type Cli = {
  /** A folder of its own, for fixture files. */
  folder: string;
  run(...args: string[]): Promise<CliAnswer>;
  /** Runs a resource command and reads the JSON it prints. */
  json(...args: string[]): Promise<{ [field: string]: unknown }>;
  close(): void;
};

/** The Stripe CLI of npm, unmodified, against a sandbox, with a key and a home folder of its own. */
export function openCli(sandboxUrl: string, key: string): Cli {
  const packageFile = createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`);
  const binary = join(dirname(packageFile), 'bin', 'stripe');
  const folder = mkdtempSync(join(tmpdir(), 'stripe-cli-'));
  const env = {
    HOME: folder,
    // It looks for newer versions of itself: not in a test. Loopback is never asked through a proxy.
    HTTPS_PROXY: 'http://127.0.0.1:9',
    PATH: process.env.PATH,
    STRIPE_API_KEY: key,
    STRIPE_CLI_TELEMETRY_OPTOUT: '1',
    STRIPE_DEVICE_NAME: 'local',
  };
  const start = (args: string[]) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      execFile(
        binary,
        [...args, '--api-base', sandboxUrl],
        { env, cwd: folder, timeout: 30_000 },
        (error, stdout, stderr) => {
          resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
        },
      ).stdin?.end();
    });
  return {
    folder,
    async run(...args) {
      const { code, stdout, stderr } = await start(args);
      return { code, output: stdout + stderr };
    },
    async json(...args) {
      const { stdout, stderr } = await start(args);
      try {
        return JSON.parse(stdout) as { [field: string]: unknown };
      } catch {
        throw new Error(`The Stripe CLI printed no JSON: ${stdout}${stderr}`);
      }
    },
    close: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
