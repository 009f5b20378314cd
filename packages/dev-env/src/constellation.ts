import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import { parseSettings } from '@onfile/payments/settings.ts';
import { unpaced } from '@onfile/payments/stripe/pace-calls.ts';
import { stripeClient } from '@onfile/payments/stripe/stripe-client.ts';
import { buildStaleApps, compileStaleMessages } from './builds/build-stale.ts';
import { openChildGroup } from './constellation/child-group.ts';
import type { ChildGroup } from './constellation/child-group.ts';
import { childPlan } from './constellation/child-plans.ts';
import type { Flavour } from './constellation/child-plans.ts';
import type { ChildName } from './constellation/child.ts';
import { demoEnvironment } from './constellation/demo-environment.ts';
import { openDemoKeys, saveDemoKeys } from './constellation/demo-keys.ts';
import type { DemoKeys } from './constellation/demo-keys.ts';
import { ensureWebhookEndpoint } from './constellation/ensure-webhook-endpoint.ts';
import type { Ports } from './constellation/ports.ts';
import { prepareDatabase } from './constellation/prepare-database.ts';
import { sandboxControl } from './sandbox-control.ts';
import type { SandboxControl } from './sandbox-control.ts';

export interface ConstellationOptions {
  /** Which processes; all four unless told otherwise. */
  children?: ChildName[];
  /** PostgreSQL; without it SQLite in the data folder. */
  databaseUrl?: string | undefined;
  /** Kept at stop; without it a temporary folder that is removed. */
  dataDir?: string;
  /** Free ones unless told otherwise. */
  ports?: Ports;
  /** Given to every child on top of what it needs. */
  env?: Record<string, string>;
  flavour?: Flavour;
  /** Build what is stale first (true); false when the caller has. */
  build?: boolean;
  /** Hears of progress. */
  say?: (line: string) => void;
  /** Where each child's output is appended to a file of its own. */
  logDir?: string;
  onLine?: (name: ChildName, line: string) => void;
  /** Hears of the group before anything starts in it, to end it at a signal. */
  onGroup?: (group: ChildGroup) => void;
}

export interface Constellation {
  storefrontUrl: string;
  adminUrl: string;
  sandboxUrl: string;
  /** Where the worker answers probes. */
  workerUrl: string;
  dataDir: string;
  /** What the apps and the worker run with; `parseSettings` reads it. */
  env: Record<string, string>;
  logins: DemoKeys['logins'];
  control: SandboxControl;
  unexpectedEnd: ChildGroup['unexpectedEnd'];
  /** What a child printed. */
  output(name: ChildName): string;
  /** A child's process id. */
  pid(name: ChildName): number;
  /** Ends one child; resolves when it is gone. */
  kill(name: ChildName, signal: NodeJS.Signals): Promise<void>;
  /** Starts one again, with changed variables; resolves when it is ready. */
  startChild(name: ChildName, env?: Record<string, string>): Promise<void>;
  stop(): Promise<void>;
}

const everyChild: ChildName[] = ['sandbox', 'storefront', 'admin', 'worker'];

/**
 * Starts the demo: sandbox, migrated and seeded database, both apps, worker; resolves when all of
 * them answer. When something fails, what had started is ended.
 * @throws StartError, BuildError, SettingsError
 */
export async function startConstellation(
  options: ConstellationOptions = {},
): Promise<Constellation> {
  const names = options.children ?? everyChild;
  await buildWhatIsNeeded(options, names);
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'onfile-data-')));
  await mkdir(options.logDir ?? dataDir, { recursive: true, mode: 0o700 });
  const ports = options.ports ?? (await freePorts());
  const group = openChildGroup(ports);
  options.onGroup?.(group);
  const keys = await openDemoKeys(dataDir);
  const env = demoEnvironment({ ports, dataDir, keys, given: options });
  const startChild = (name: ChildName, changed: Record<string, string> = {}): Promise<void> =>
    group.start({
      ...childPlan(name, ports, { ...env, ...changed }, options.flavour ?? 'built'),
      logFile: options.logDir && join(options.logDir, `${name}.log`),
      onLine: options.onLine && ((line) => options.onLine?.(name, line)),
    });
  const stop = async (): Promise<void> => {
    await group.stop();
    if (!options.dataDir) await rm(dataDir, { recursive: true, force: true });
  };
  try {
    options.say?.('Starting the sandbox …');
    await startChild('sandbox');
    await connectToSandbox(env, dataDir, keys);
    options.say?.('Preparing the database …');
    await prepareDatabase(parseSettings(env), keys.logins);
    const others = names.filter((name) => name !== 'sandbox');
    if (others.length > 0) options.say?.(`Starting ${others.join(', ')} …`);
    await Promise.all(others.map((name) => startChild(name)));
  } catch (problem) {
    await stop();
    throw problem;
  }
  return {
    storefrontUrl: `http://localhost:${String(ports.storefront)}`,
    adminUrl: `http://localhost:${String(ports.admin)}`,
    workerUrl: `http://127.0.0.1:${String(ports.worker)}`,
    sandboxUrl: `http://127.0.0.1:${String(ports.sandbox)}`,
    dataDir,
    env,
    logins: keys.logins,
    control: sandboxControl(`http://127.0.0.1:${String(ports.sandbox)}`),
    unexpectedEnd: group.unexpectedEnd,
    output: (name) => group.get(name).output(),
    pid: (name) => group.get(name).pid,
    kill: group.kill,
    startChild,
    stop,
  };
}

/** The children need compiled messages in any case, and built apps unless they are watched. */
async function buildWhatIsNeeded(options: ConstellationOptions, names: ChildName[]): Promise<void> {
  if (options.build === false) return;
  const say = options.say ?? (() => undefined);
  const hasApps = names.some((name) => name === 'storefront' || name === 'admin');
  if (hasApps && options.flavour !== 'watched') await buildStaleApps(say);
  else await compileStaleMessages(say);
}

async function freePorts(): Promise<Ports> {
  const take = () => getPort({ host: '127.0.0.1' });
  return {
    storefront: await take(),
    admin: await take(),
    sandbox: await take(),
    worker: await take(),
  };
}

/** Registers the storefront's webhook endpoint and puts its secret into `env`. */
async function connectToSandbox(
  env: Record<string, string>,
  dataDir: string,
  keys: DemoKeys,
): Promise<void> {
  const { stripe } = parseSettings(env);
  const url = `${env['STOREFRONT_ORIGIN'] ?? ''}/webhooks/stripe`;
  keys.webhook = await ensureWebhookEndpoint(stripeClient(stripe, unpaced), keys.webhook, url);
  env['STRIPE_WEBHOOK_SECRET'] = keys.webhook.secret;
  await saveDemoKeys(dataDir, keys);
}
