import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPorts } from '../src/constellation/ports.ts';
import { waitUntil } from '../src/wait-until.ts';
import { runCommand } from './run-command.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'onfile-test-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const keys = {
  STRIPE_SECRET_KEY: 'sk_test_operator1',
  STRIPE_PUBLISHABLE_KEY: 'pk_test_operator1',
  STRIPE_WEBHOOK_SECRET: 'whsec_operator1',
};

describe('start', () => {
  it('names the port that is in use and the variable that changes it, before anything starts', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await waitUntil('the port is taken', () => other.listening);
    const { port } = other.address() as AddressInfo;
    const command = runCommand('src/start.ts', {
      ADMIN_PORT: String(port),
      ONFILE_DATA_DIR: dataDir,
    });
    expect(await command.ended).toBe(1);
    expect(command.output()).toContain(`Port ${port}, for the admin, is in use`);
    expect(command.output()).toContain('ADMIN_PORT');
    expect(command.output()).not.toContain('Building');
    await new Promise((resolve) => other.close(resolve));
  });

  it.each(['0', '65536', '3000x', '-1', '1.5'])('refuses %s as a port', (port) => {
    expect(() => readPorts({ SANDBOX_PORT: port })).toThrow(/SANDBOX_PORT must be a port/);
  });

  it('refuses one port for two processes', () => {
    expect(() => readPorts({ SANDBOX_PORT: '3001' })).toThrow(/must differ/);
    expect(() => readPorts({ WORKER_PORT: '3001' })).toThrow(/must differ/);
  });

  it('needs no port for the worker', () => {
    expect(readPorts({ WORKER_PORT: '0' })).toMatchObject({ worker: 0 });
    expect(readPorts({})).toMatchObject({ worker: 3003 });
  });

  it('seeds nothing with an operator’s keys, and takes a missing one for a mistake', async () => {
    const command = runCommand('src/start.ts', {
      STRIPE_SECRET_KEY: keys.STRIPE_SECRET_KEY,
      ONFILE_DATA_DIR: dataDir,
    });
    expect(await command.ended).toBe(1);
    expect(command.output()).toMatch(/^STRIPE_PUBLISHABLE_KEY is missing.*$/m);
    expect(command.output()).toMatch(/^STRIPE_WEBHOOK_SECRET is missing.*$/m);
    expect(command.output()).not.toMatch(/\n\s+at /);
    await expect(stat(join(dataDir, 'demo-keys.json'))).rejects.toThrow('ENOENT');
  });
});

describe('serve', () => {
  it.each([
    [{}, /STRIPE_SECRET_KEY is missing/],
    [{ ...keys, STRIPE_PUBLISHABLE_KEY: 'pk_live_operator1' }, /live/],
    [{ ...keys, STRIPE_API_BASE: 'https://example.com' }, /STRIPE_API_BASE must be/],
    [{ ...keys, DATABASE_URL: 'mysql://x' }, /DATABASE_URL must start with postgres:/],
    [{ ...keys, DATABASE_URL: 'postgres://127.0.0.1:9/x' }, /ONFILE_AUTH_SECRET is missing/],
    [{ ...keys, STOREFRONT_PORT: 'http' }, /STOREFRONT_PORT must be a port/],
  ])('tells a mistake in its settings in a sentence (%#)', async (env, sentence) => {
    const command = runCommand('src/serve.ts', { ...env, ONFILE_DATA_DIR: dataDir });
    expect(await command.ended).toBe(1);
    expect(command.output()).toMatch(sentence);
    expect(command.output()).not.toMatch(/\n\s+at /);
  });

  it('keeps the secret that it made where only its owner reads it', async () => {
    await runCommand('src/serve.ts', { ONFILE_DATA_DIR: dataDir }).ended;
    const file = join(dataDir, 'auth-secret');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).toHaveLength(43);
  });
});
