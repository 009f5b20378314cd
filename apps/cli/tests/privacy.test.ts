import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { payWith } from '@onfile/dev-env/pay-and-refund.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { reducePayloads } from '@onfile/payments/privacy/reduce-payloads.ts';
import { processInbox } from '@onfile/payments/webhooks/process-inbox.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { operatorsEnv, runOnfile } from './run-onfile.ts';
import type { Ended } from './run-onfile.ts';

const personal = /ada@example\.com|grace@example\.com|Jenny Rosen|_secret_/;

describeOnBothDatabases('privacy from the terminal', (dialect) => {
  let test: TestRuntime;
  let folder: string;
  let ada: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'onfile-export-'));
    test = await openTestRuntime({ dialect, webhooks: true });
    ada = (await payWith(test, '4242424242424242')).on.customer.id;
    await payWith(test, '4242424242424242', { name: 'grace' });
    const areTold = async () => (await handled('payment_intent.succeeded')) === 2;
    await waitUntil('both payments are told', areTold);
  });
  afterAll(async () => {
    await test.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Handles what has come. @returns how many of a type are handled by now */
  async function handled(type: string): Promise<number> {
    await processInbox(test.runtime);
    const events = test.runtime.db.selectFrom('stripeEvents').select('id');
    return (await events.where('type', '=', type).where('status', '=', 'handled').execute()).length;
  }

  const onfile = (...args: string[]): Promise<Ended> => runOnfile(args, operatorsEnv(test));
  const rows = ({ out }: Ended) =>
    out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('exports nothing personal and no secret, one JSON object a line', async () => {
    for (const kind of ['payments', 'events', 'audit', 'customers']) {
      const ended = await onfile('export', kind);
      expect(ended).toMatchObject({ code: 0, err: '' });
      expect(rows(ended).length).toBeGreaterThan(1);
      expect(ended.out).not.toMatch(personal);
    }
  });

  it('exports every row once, across pages', async () => {
    const { db } = test.runtime;
    const now = test.clock.now();
    const event = { type: 'balance.available', payload: '{"email":"ada@example.com"}' };
    const many = Array.from({ length: 250 }, (_, at) => ({
      id: `evt_page_${String(at)}`,
      ...event,
      stripeCreatedAt: now,
      receivedAt: now,
      nextTryAt: now + 1e9,
    }));
    await db.insertInto('stripeEvents').values(many).execute();
    const known = await db.selectFrom('stripeEvents').select('id').orderBy('id').execute();
    const exported = rows(await onfile('export', 'events'));
    expect(exported.map(({ id }) => id).sort()).toEqual(known.map(({ id }) => id).sort());
    const none = await onfile('export', 'events', '--from', '2001-01-01', '--to', '2001-12-31');
    expect(none).toMatchObject({ code: 0, out: '' });
    await db.deleteFrom('stripeEvents').where('type', '=', 'balance.available').execute();
  });

  it('exports what is about one customer', async () => {
    const payments = rows(await onfile('export', 'payments', '--customer', ada));
    expect(payments).toMatchObject([{ customerId: ada, amountMinor: 1_099 }]);
    const all = rows(await onfile('export', 'events'));
    const hers = rows(await onfile('export', 'events', '--customer', 'Ada@example.com'));
    expect(hers.length).toBeGreaterThan(2);
    expect(hers.length).toBeLessThan(all.length);
  });

  it('shows the addresses of customers only when asked', async () => {
    const [shown] = rows(
      await onfile('export', 'customers', '--customer', ada, '--with-personal-data'),
    );
    expect(shown).toMatchObject({ id: ada, email: 'ada@example.com' });
    const events = await onfile('export', 'events', '--with-personal-data');
    expect(events.code).toBe(2);
  });

  it('writes a file that only its owner reads, whole or not at all', async () => {
    const out = join(folder, 'payments.jsonl');
    const ended = await onfile('export', 'payments', '--out', out, '--json');
    expect(JSON.parse(ended.out)).toEqual({ ok: true, written: 2, out });
    expect((await readFile(out, 'utf8')).trim().split('\n')).toHaveLength(2);
    expect((await stat(out)).mode & 0o777).toBe(0o600);
    const bad = await onfile('export', 'payments', '--customer', 'cust_0', '--out', `${out}2`);
    expect(bad).toMatchObject({ code: 1, err: 'There is no customer "cust_0".\n' });
    const nowhere = await onfile('export', 'payments', '--out', join(folder, 'no', 'x'));
    expect(nowhere).toMatchObject({ code: 1 });
    expect(nowhere.err).toMatch(/cannot be written \(ENOENT\)/);
    expect(await readdir(folder)).toEqual(['payments.jsonl']);
  });

  it('refuses what is no day', async () => {
    const ended = await onfile('export', 'audit', '--from', 'yesterday');
    expect(ended.code).toBe(2);
    expect(ended.err).toContain('a day such as 2026-11-26');
  });

  it('gives a person everything that is held about them, and nobody else’s', async () => {
    const ended = await onfile('export', 'customer', 'ada@example.com');
    expect(ended.code).toBe(0);
    const [person] = rows(ended);
    expect(person).toMatchObject({
      customers: [{ id: ada, email: 'ada@example.com', name: 'ada' }],
      agreements: [{ ipAddress: '203.0.113.7' }],
      payments: [{ amountMinor: 1_099 }],
      paymentMethods: [{ billingDetails: { name: 'Jenny Rosen' } }],
      termsAgreedTo: [{ sections: expect.any(Array) as unknown[] }],
      login: { users: [] },
    });
    expect((person?.['events'] as unknown[]).length).toBeGreaterThan(2);
    expect(ended.out).not.toMatch(/grace@example\.com|_secret_/);
  });

  it('erases a person who owes nothing, by name of the operator, and says what is left to do', async () => {
    const refused = await onfile('customers', 'erase', 'nobody@example.com');
    expect(refused).toMatchObject({ code: 1, err: 'There is no customer "nobody@example.com".\n' });
    const { db } = test.runtime;
    const open = (status: 'scheduled' | 'succeeded') =>
      db.updateTable('payments').set({ status }).where('customerId', '=', ada).execute();
    await open('scheduled');
    const owing = await onfile('customers', 'erase', ada);
    expect(owing.code).toBe(1);
    expect(owing.err).toMatch(
      /cannot be erased yet\. A payment of \$10\.99 is not over: “Scheduled” \(pay_\w+\)\./,
    );
    await open('succeeded');
    const ended = await onfile('customers', 'erase', ada, '--by', 'charles');
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out).toMatch(/^Erased cust_\w+; \d+ events.*\nWhat Stripe holds .*: cus_\w+\.\n$/);
    // Stripe tells of the detaching itself, maybe only now: what still arrives, a worker reduces.
    await waitUntil(
      'the detaching is told',
      async () => (await handled('payment_method.detached')) > 0,
    );
    await reducePayloads(test.runtime);
    const left = rows(await onfile('export', 'customer', ada))[0];
    expect(JSON.stringify(left)).not.toMatch(personal);
    const facts = rows(await onfile('export', 'audit', '--customer', ada));
    expect(facts.at(-1)).toMatchObject({ action: 'customer.erased', actorId: 'charles' });
  });
});
