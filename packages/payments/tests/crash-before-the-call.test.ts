import { customerNamed, openSetup } from '@onfile/dev-env/save-card.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { findCustomer } from '@onfile/db/tables/customers.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { finishOperations } from '../src/worker/finish-operations.ts';

describeOnBothDatabases('a process that dies around a call to Stripe', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
  });
  afterEach(() => test.close());

  const lose = (path: string, action: 'reset_before' | 'reset_after') =>
    test.control.fault({ method: 'POST', path, times: 2, action });

  it.each(['reset_before', 'reset_after'] as const)(
    'leaves one Stripe customer, made by the worker (%s)',
    async (action) => {
      const customer = await customerNamed(test.runtime, 'ada');
      await lose('/v1/customers', action);
      await expect(openSetup(test.runtime, customer)).rejects.toMatchObject({
        code: 'stripe_unavailable',
      });
      test.clock.advance(120_000);
      expect(await finishOperations(test.runtime)).toBe(1);
      const made = await test.control.objects('customer');
      expect(made).toHaveLength(1);
      expect(await findCustomer(test.runtime.db, customer.id)).toMatchObject({
        stripeCustomerId: made[0]?.['id'],
      });
    },
  );

  it('leaves a Session that the worker learns of, and the shopper starts another', async () => {
    const customer = await customerNamed(test.runtime, 'ada');
    await lose('/v1/checkout/sessions', 'reset_after');
    await expect(openSetup(test.runtime, customer)).rejects.toMatchObject({
      code: 'stripe_unavailable',
    });
    const again = await openSetup(test.runtime, await customerNamed(test.runtime, 'ada'));
    test.clock.advance(120_000);
    await finishOperations(test.runtime);
    const rows = await test.runtime.db
      .selectFrom('checkoutSessions')
      .select(['id', 'status', 'stripeSessionId'])
      .execute();
    expect(rows).toHaveLength(2);
    expect(rows.every((row) => row.status === 'open' && row.stripeSessionId)).toBe(true);
    expect(rows.map((row) => row.stripeSessionId)).toContain(again.stripeSessionId);
    expect(await finishOperations(test.runtime)).toBe(0);
  });

  it('leaves nothing to be made anew when nobody looked for a day', async () => {
    const customer = await customerNamed(test.runtime, 'ada');
    await lose('/v1/checkout/sessions', 'reset_before');
    await expect(openSetup(test.runtime, customer)).rejects.toMatchObject({
      code: 'stripe_unavailable',
    });
    test.clock.advance(25 * 60 * 60 * 1000);
    await finishOperations(test.runtime);
    expect(await test.control.objects('checkout.session')).toHaveLength(0);
    expect(await finishOperations(test.runtime)).toBe(0);
  });
});
