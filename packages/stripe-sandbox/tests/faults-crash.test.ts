import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import Stripe from 'stripe';

const MAIN = new URL('../src/main.ts', import.meta.url);

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** The sandbox as `pnpm sandbox` starts it, in a process that can be killed. */
async function start(dataDir: string): Promise<{ stripe: Stripe; kill(): Promise<void> }> {
  const child: ChildProcess = fork(MAIN, {
    env: { ...process.env, SANDBOX_PORT: '0', ONFILE_DATA_DIR: dataDir },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  closing.push(kill);
  const [said] = (await once(child.stdout ?? child, 'data')) as [Buffer];
  const port = Number(/:(\d+)/.exec(said.toString())?.[1]);
  const stripe = new Stripe('sk_test_killedSandbox', {
    host: '127.0.0.1',
    port,
    protocol: 'http',
    maxNetworkRetries: 0,
  });
  return { stripe, kill };
}

test('a sandbox that is killed keeps all that it has answered, and nothing by half', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'sandbox-'));
  closing.push(() => rm(dataDir, { recursive: true }));
  const before = await start(dataDir);
  const answered: string[] = [];
  const shoppers = Array.from({ length: 8 }, async (_, shopper) => {
    for (let count = 0; ; count += 1) {
      const idempotencyKey = `${String(shopper)}:${String(count)}`;
      answered.push((await before.stripe.customers.create({}, { idempotencyKey })).id);
      if (answered.length >= 100) await before.kill();
    }
  });
  await Promise.allSettled(shoppers);

  const { stripe } = await start(dataDir);
  const kept = new Set<string>();
  for await (const { id } of stripe.customers.list({ limit: 100 })) kept.add(id);
  expect(answered.filter((id) => !kept.has(id))).toEqual([]);
  const events = new Set<string>();
  for await (const { data } of stripe.events.list({ limit: 100, type: 'customer.created' })) {
    events.add((data.object as { id: string }).id);
  }
  expect(events).toEqual(kept);
  const options = { idempotencyKey: '0:0' };
  expect(kept.has((await stripe.customers.create({}, options)).id)).toBe(true);
}, 30_000);
