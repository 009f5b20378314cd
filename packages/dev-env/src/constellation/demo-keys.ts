import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Login {
  email: string;
  password: string;
}

/** What a demo's data folder needs to be started again: made once, kept beside the data. */
export interface DemoKeys {
  secretKey: string;
  publishableKey: string;
  authSecret: string;
  webhook: { id: string; secret: string } | null;
  logins: { shopper: Login; owner: Login };
}

/** Addresses under a top-level domain that nobody can own. */
export const demoEmails = {
  shopper: 'shopper@demo.example',
  owner: 'owner@demo.example',
} as const;

/** Reads the folder's keys, or makes them. The file is readable by its owner only. */
export async function openDemoKeys(dataDir: string): Promise<DemoKeys> {
  const kept = await readFile(file(dataDir), 'utf8').catch(() => null);
  if (kept !== null) return JSON.parse(kept) as DemoKeys;
  const account = randomBytes(12).toString('hex');
  const keys: DemoKeys = {
    secretKey: `sk_test_${account}`,
    publishableKey: `pk_test_${account}`,
    authSecret: randomBytes(32).toString('base64url'),
    webhook: null,
    logins: {
      shopper: { email: demoEmails.shopper, password: newPassword() },
      owner: { email: demoEmails.owner, password: newPassword() },
    },
  };
  await saveDemoKeys(dataDir, keys);
  return keys;
}

export async function saveDemoKeys(dataDir: string, keys: DemoKeys): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await writeFile(file(dataDir), `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
}

function file(dataDir: string): string {
  return join(dataDir, 'demo-keys.json');
}

function newPassword(): string {
  return `demo-${randomBytes(5).toString('hex')}`;
}
