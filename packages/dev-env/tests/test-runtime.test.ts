import { afterEach, expect, it } from 'vitest';
import { completeSetup } from '../src/complete-setup.ts';
import { describeOnBothDatabases } from '../src/test-database.ts';
import { openTestRuntime } from '../src/test-runtime.ts';
import type { TestRuntime } from '../src/test-runtime.ts';
import { waitUntil } from '../src/wait-until.ts';

describeOnBothDatabases('a test runtime', (dialect) => {
  let test: TestRuntime;
  afterEach(() => test.close());

  it('receives the events of what a shopper does in the sandbox', async () => {
    test = await openTestRuntime({ dialect, webhooks: true });
    const { stripe, db } = test.runtime;
    const customer = await stripe.customers.create({ email: 'ada@example.com' });
    const session = await stripe.checkout.sessions.create({
      mode: 'setup',
      currency: 'usd',
      customer: customer.id,
      success_url: 'http://localhost:3000/',
    });
    expect(await completeSetup(test, session.id, '4242424242424242')).toEqual({
      status: 'complete',
    });
    const event = await waitUntil('the event is in the inbox', () =>
      db
        .selectFrom('stripeEvents')
        .select('type')
        .where('type', '=', 'checkout.session.completed')
        .executeTakeFirst(),
    );
    expect(event).toEqual({ type: 'checkout.session.completed' });
  });

  it('moves its own time and the sandbox’s together', async () => {
    test = await openTestRuntime({ dialect });
    const before = test.runtime.clock.now();
    test.clock.advance(86_400_000);
    const customer = await test.runtime.stripe.customers.create();
    expect(customer.created * 1000).toBeGreaterThanOrEqual(before + 86_399_000);
  });

  it('holds an answer back after the work was done, and counts it once', async () => {
    test = await openTestRuntime({ dialect });
    const held = await test.control.fault({
      method: 'POST',
      path: '/v1/customers',
      action: 'hold_after',
    });
    const answer = test.runtime.stripe.customers.create({ email: 'ada@example.com' });
    const made = await waitUntil('the customer is made', async () =>
      (await test.control.objects('customer')).at(0),
    );
    await held.release();
    expect((await answer).id).toBe(made['id']);
    expect(await test.control.requests({ method: 'POST', path: '/v1/customers' })).toHaveLength(1);
  });
});
