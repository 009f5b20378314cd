import { saveCard } from '@onfile/dev-env/save-card.ts';
import { scheduleBalance } from '@onfile/dev-env/schedule-balance.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openAnotherRuntime, openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chargeDuePayments } from '../src/charging/charge-due-payments.ts';
import type { Runtime } from '../src/runtime.ts';
import { paceCalls } from '../src/stripe/pace-calls.ts';

describeOnBothDatabases('keeping under Stripe’s limits', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect, lane: 'background', rateLimits: 'test' });
  });
  afterEach(() => test.close());

  async function chargeAll(runtime: Runtime): Promise<void> {
    while ((await chargeDuePayments(runtime)) > 0);
  }

  const statuses = async () =>
    (await test.control.requests({ path: '/v1/payment_intents' })).map(({ status }) => status);

  it('two workers charge what is due, and a shopper is let in between: none is told 429', async () => {
    const on = await saveCard(test, 'ada', '4242424242424242');
    for (let index = 0; index < 60; index += 1) {
      await scheduleBalance(test.runtime, on, { amountMinor: 100, inDays: 0 });
    }
    const other = openAnotherRuntime(test, 'worker-2', 'background');
    const page = openAnotherRuntime(test, 'storefront', 'present');
    await test.control.limits({ rates: 'test' });
    let isOver = false;
    const charging = Promise.all([chargeAll(test.runtime), chargeAll(other.runtime)]).finally(
      () => (isOver = true),
    );
    while (!isOver) {
      const before = (await statuses()).length;
      await page.runtime.stripe.customers.list({ limit: 1 });
      await waitUntil(
        'more was charged',
        async () => isOver || (await statuses()).length > before + 5,
      );
    }
    await charging;
    await other.close();
    await page.close();
    expect(await statuses()).toEqual(Array.from({ length: 60 }, () => 200));
    const answers = await test.control.requests({ path: '/v1/customers' });
    expect(answers.filter(({ status }) => status === 429)).toEqual([]);
    expect(answers.length).toBeGreaterThan(3);
  });

  it('a turn that was written down too late is not used: its call would come on top of the next second', async () => {
    const { db } = test.runtime;
    // Counted at the end of one second, and written down in the next.
    const moments = [1_990, 2_010, 2_011, 2_012];
    const clock = { now: () => moments.shift() ?? 2_013 };
    const limits = { total: 25, endpoint: 25 };
    await paceCalls({ db, clock, lane: 'present', limits }).await('GET', '/v1/refunds');
    const buckets = await db.selectFrom('pacingBuckets').selectAll().execute();
    expect(buckets.map(({ second, taken }) => ({ second, taken }))).toEqual([
      { second: 2, taken: 1 },
      { second: 2, taken: 1 },
    ]);
  });

  it('a call that was refused for a lock is made once more, and one that was not to be, is not', async () => {
    const path = '/v1/customers';
    await test.control.fault({ method: 'GET', path, action: 'lock_timeout' });
    await expect(test.runtime.stripe.customers.list()).resolves.toMatchObject({ object: 'list' });
    await test.control.fault({ method: 'GET', path, action: 'lock_timeout', shouldRetry: false });
    await expect(test.runtime.stripe.customers.list()).rejects.toMatchObject({
      code: 'lock_timeout',
    });
    const asked = await test.control.requests({ method: 'GET', path });
    expect(asked.map(({ status }) => status)).toEqual([429, 200, 429]);
  });
});
