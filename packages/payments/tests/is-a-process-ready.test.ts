import { connect as openSocket, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { storeEvent } from '@onfile/dev-env/store-event.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { connect } from '@onfile/db/connect.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkReadiness } from '../src/observability/check-readiness.ts';
import type { CheckName } from '../src/observability/check-readiness.ts';
import { serveProbes } from '../src/observability/serve-probes.ts';
import { processInbox } from '../src/webhooks/process-inbox.ts';

const second = 1_000;

/** @returns the port */
function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

describeOnBothDatabases('is a process ready', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
  });
  afterEach(() => test.close());

  const failing = async (process: 'app' | 'worker'): Promise<[boolean, CheckName[]]> => {
    const { isReady, checks } = await checkReadiness(test.runtime, process);
    return [isReady, checks.filter((check) => !check.isOk).map((check) => check.name)];
  };

  it('is, with a database, no migration pending, Stripe in reach and nothing left waiting', async () => {
    expect((await checkReadiness(test.runtime, 'app')).checks.map(({ name }) => name)).toEqual([
      'database',
      'migrations',
      'backlog',
      'stripe',
    ]);
    expect(await failing('app')).toEqual([true, []]);
    expect(await failing('worker')).toEqual([true, []]);
  });

  it('asks Stripe once in 30 seconds, however many ask us', async () => {
    const calls = () => test.control.requests({ method: 'GET', path: '/v1/account' });
    await Promise.all(Array.from({ length: 20 }, () => failing('app')));
    await failing('worker');
    expect(await calls()).toHaveLength(1);
    test.clock.advance(31 * second);
    await failing('app');
    expect(await calls()).toHaveLength(2);
  });

  it.each([
    ['does not answer', { action: 'reset_before', times: 2 }],
    ['answers with a 503', { action: 'status', status: 503 }],
  ] as const)('an app goes on when Stripe %s, and says so', async (_, fault) => {
    await test.control.fault({ method: 'GET', path: '/v1/account', ...fault });
    expect(await failing('app')).toEqual([true, ['stripe']]);
    expect(await failing('worker')).toEqual([false, ['stripe']]);
    test.clock.advance(31 * second);
    expect(await failing('worker')).toEqual([true, []]);
  });

  it('takes a Stripe that says no for one that is there, and an unknown key for none', async () => {
    const path = '/v1/account';
    await test.control.fault({ method: 'GET', path, action: 'status', status: 403 });
    expect(await failing('worker')).toEqual([true, []]);
    test.clock.advance(31 * second);
    await test.control.fault({ method: 'GET', path, action: 'status', status: 401 });
    expect(await failing('worker')).toEqual([false, ['stripe']]);
  });

  it('a worker is not while an event is due for longer than the setting allows', async () => {
    await storeEvent(test, 'evt_1');
    test.clock.advance(300 * second);
    expect(await failing('worker')).toEqual([true, []]);
    test.clock.advance(2 * second);
    expect(await failing('worker')).toEqual([false, ['backlog']]);
    expect(await failing('app')).toEqual([true, ['backlog']]);
  });

  it('an event that failed and is put off for later is no backlog', async () => {
    await storeEvent(test, 'evt_1');
    test.clock.advance(3_600 * second);
    await processInbox(test.runtime);
    expect(await failing('worker')).toEqual([true, []]);
  });

  it('is not with a migration that has not run', async () => {
    await test.runtime.db.schema.dropTable('kysely_migration').execute();
    expect(await failing('app')).toEqual([false, ['migrations']]);
  });

  it.each(['refuses', 'never answers'])(
    'is not when its database %s, says nothing of why, and asks nobody else',
    async (how) => {
      const held: Socket[] = [];
      const server = createServer((socket) => void held.push(socket));
      const port = how === 'refuses' ? 9 : await listen(server);
      const db = connect({ kind: 'postgres', url: `postgres://nobody@127.0.0.1:${port}/none` });
      const { isReady, checks } = await checkReadiness({ ...test.runtime, db }, 'app');
      expect(isReady).toBe(false);
      expect(checks).toEqual([{ name: 'database', isOk: false, words: 'It does not answer.' }]);
      expect(await test.control.requests({ method: 'GET' })).toEqual([]);
      for (const socket of held) socket.destroy();
      server.close();
      await db.destroy();
    },
  );

  describe('a worker’s own port', () => {
    it('says that it lives, whether it is ready, and what it counts, and nothing else', async () => {
      const probes = await serveProbes(test.runtime, { port: 0, host: '127.0.0.1' });
      const get = (path: string, init?: RequestInit) => fetch(`${probes.url}${path}`, init);
      try {
        expect(await (await get('/healthz')).text()).toBe('alive\n');
        const ready = await get('/readyz?x=1');
        expect([ready.status, await ready.json()]).toMatchObject([200, { isReady: true }]);
        expect(await (await get('/metrics')).text()).toContain('process_cpu_seconds_total');
        expect((await get('/metrics', { method: 'POST' })).status).toBe(404);
        expect((await get('/')).status).toBe(404);
        await storeEvent(test, 'evt_1');
        test.clock.advance(400 * second);
        expect((await get('/readyz')).status).toBe(503);
      } finally {
        await probes.close();
      }
    });

    it('asks for the token where there is one', async () => {
      test.runtime.settings.observability.metricsToken = 'a-token-for-metrics';
      const probes = await serveProbes(test.runtime, { port: 0, host: '127.0.0.1' });
      const get = async (authorization?: string) =>
        (await fetch(`${probes.url}/metrics`, { headers: authorization ? { authorization } : {} }))
          .status;
      try {
        expect(await get()).toBe(404);
        expect(await get('Bearer another-token')).toBe(404);
        expect(await get('Bearer a-token-for-metrics')).toBe(200);
      } finally {
        await probes.close();
      }
    });

    it('closes although somebody keeps a connection open, and names a port that is taken', async () => {
      const probes = await serveProbes(test.runtime, { port: 0, host: '127.0.0.1' });
      const port = Number(new URL(probes.url).port);
      await expect(serveProbes(test.runtime, { port, host: '127.0.0.1' })).rejects.toThrow(
        /WORKER_PORT/,
      );
      const kept = openSocket(port, '127.0.0.1');
      await new Promise((resolve) => kept.once('connect', resolve));
      await probes.close();
      kept.destroy();
    });
  });
});
