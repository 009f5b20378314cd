import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startConstellation } from '../src/constellation.ts';
import { createTestDatabase } from '../src/test-database.ts';
import { waitUntil } from '../src/wait-until.ts';
import { runCommand } from './run-command.ts';
import type { RunningCommand } from './run-command.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'onfile-test-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

describe('a constellation', () => {
  it('starts a child again after it was killed', async () => {
    const onfile = await startConstellation({ children: ['sandbox', 'worker'], build: false });
    await onfile.kill('worker', 'SIGKILL');
    await onfile.startChild('worker', { SHOP_NAME: 'Another name' });
    // What it says of itself comes by another pipe than that it is ready.
    await waitUntil('the worker says so', () => onfile.output('worker').includes('worker started'));
    await onfile.stop();
    expect(await isThere(onfile.sandboxUrl)).toBe(false);
  });

  it('runs on PostgreSQL when it is given one', async () => {
    const database = await createTestDatabase('postgres');
    if (database.location.kind !== 'postgres') throw new Error('Not a PostgreSQL database');
    const { url: databaseUrl } = database.location;
    const onfile = await startConstellation({
      children: ['sandbox', 'worker'],
      build: false,
      databaseUrl,
      dataDir,
    });
    expect(onfile.env['DATABASE_URL']).toBe(databaseUrl);
    expect(await readdir(dataDir)).not.toContain('onfile.sqlite');
    await onfile.stop();
    await database.remove();
  });

  it('keeps its data, and moves its webhook endpoint to the new port', async () => {
    const first = await startConstellation({ children: ['sandbox'], build: false, dataDir });
    await first.stop();
    const second = await startConstellation({ children: ['sandbox'], build: false, dataDir });
    expect(second.logins).toEqual(first.logins);
    expect(second.env['STRIPE_WEBHOOK_SECRET']).toBe(first.env['STRIPE_WEBHOOK_SECRET']);
    expect(second.storefrontUrl).not.toBe(first.storefrontUrl);
    expect(await second.control.objects('webhook_endpoint')).toMatchObject([
      { url: `${second.storefrontUrl}/webhooks/stripe`, status: 'enabled' },
    ]);
    await second.stop();
  });
});

describe('what a command started', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('ends with it at %s', async (signal) => {
    const { command, sandboxUrl } = await start();
    command.kill(signal);
    expect(await command.ended).toBe(0);
    expect(await isThere(sandboxUrl)).toBe(false);
  });

  it('ends even when the command was killed', async () => {
    const { command, sandboxUrl } = await start();
    command.kill('SIGKILL');
    await waitUntil('the sandbox is gone', async () => !(await isThere(sandboxUrl)));
  });

  it('ends when one of it dies, and the command says which', async () => {
    const { command, sandboxUrl, workerPid } = await start();
    process.kill(workerPid, 'SIGKILL');
    expect(await command.ended).toBe(1);
    expect(command.output()).toContain('The worker ended by SIGKILL, so the rest is ended too.');
    expect(await isThere(sandboxUrl)).toBe(false);
  });
});

async function start(): Promise<{
  command: RunningCommand;
  sandboxUrl: string;
  workerPid: number;
}> {
  const command = runCommand('tests/run-small-constellation.ts', { ONFILE_DATA_DIR: dataDir });
  const [, sandboxUrl = '', pid] = await waitUntil(
    'the constellation runs',
    () => /sandbox=(\S+) worker=(\d+)/.exec(command.output()),
    30_000,
  );
  return { command, sandboxUrl, workerPid: Number(pid) };
}

async function isThere(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}
