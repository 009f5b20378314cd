import { completeSetup } from '@onfile/dev-env/complete-setup.ts';
import { customerNamed, openSetup } from '@onfile/dev-env/save-card.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CheckoutWay } from '../src/settings.ts';
import { getSetupResult } from '../src/setup/get-setup-result.ts';
import { processInbox } from '../src/webhooks/process-inbox.ts';
import { finishOperations } from '../src/worker/finish-operations.ts';

const card = '4242424242424242';
const ways: CheckoutWay[] = ['hosted_page', 'embedded_page', 'elements'];
const back = /\/account\/payment-methods\/return\?session_id=\{CHECKOUT_SESSION_ID\}$/;

describeOnBothDatabases('saving a card in each of the three ways', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect, webhooks: true });
  });
  afterEach(() => test.close());

  const rows = (table: 'paymentMethods' | 'agreements' | 'checkoutSessions') =>
    test.runtime.db.selectFrom(table).selectAll().execute();

  async function start(uiMode: CheckoutWay, more: { redisplay?: boolean } = {}) {
    const customer = await customerNamed(test.runtime, 'ada');
    const opened = await openSetup(test.runtime, customer, { uiMode, ...more });
    const ask = () => getSetupResult(test.runtime, { customerId: customer.id, ...opened });
    const session = () => test.runtime.stripe.checkout.sessions.retrieve(opened.stripeSessionId);
    return { ...opened, ask, session };
  }

  it('names the places that each way comes back to, and always a currency', async () => {
    const hosted = await (await start('hosted_page')).session();
    expect(hosted).toMatchObject({
      currency: 'usd',
      success_url: expect.stringMatching(back) as string,
      cancel_url: expect.stringMatching(/\/account\/payment-methods$/) as string,
    });
    const embedded = await (await start('embedded_page')).session();
    expect(embedded).toMatchObject({
      currency: 'usd',
      success_url: null,
      return_url: expect.stringMatching(back) as string,
      redirect_on_completion: 'always',
    });
    const elements = await (await start('elements')).session();
    expect(elements).toMatchObject({
      currency: 'usd',
      success_url: null,
      return_url: expect.stringMatching(back) as string,
    });
  });

  it.each(ways)('saves the card and names it in the agreement (%s)', async (uiMode) => {
    const { stripeSessionId, ask } = await start(uiMode);
    await completeSetup(test, stripeSessionId, card);
    expect(await ask()).toMatchObject({ state: 'saved' });
    expect(await rows('agreements')).toMatchObject([{ status: 'active' }]);
  });

  it.each([
    [true, 'always'],
    [false, 'limited'],
  ])('shows it again at checkout as the shopper said (%s)', async (redisplay, expected) => {
    const { stripeSessionId, ask } = await start('elements', { redisplay });
    await completeSetup(test, stripeSessionId, card);
    await ask();
    expect(await rows('paymentMethods')).toMatchObject([{ allowRedisplay: expected }]);
    expect(await rows('agreements')).toMatchObject([{ redisplay: redisplay ? 1 : 0 }]);
  });

  it('lets a hosted page be gone on with while it is open, also after a no', async () => {
    const { stripeSessionId, ask, session } = await start('hosted_page');
    const { url } = await session();
    expect(await ask()).toEqual({ state: 'open', continueUrl: url });
    await expect(completeSetup(test, stripeSessionId, '4000000000000002')).rejects.toThrow();
    expect(await ask()).toEqual({ state: 'failed', continueUrl: url });
    await completeSetup(test, stripeSessionId, card);
    expect(await ask()).toMatchObject({ state: 'saved' });
  });

  it('saves after 3D Secure was completed, and nothing while it failed', async () => {
    const { stripeSessionId, ask } = await start('embedded_page');
    await completeSetup(test, stripeSessionId, '4000002500003155', { bank: 'fail' });
    expect(await ask()).toMatchObject({ state: 'failed' });
    expect(await rows('paymentMethods')).toEqual([]);
    await completeSetup(test, stripeSessionId, '4000002500003155');
    expect(await ask()).toMatchObject({ state: 'saved' });
  });

  it.each(['reset_before', 'reset_after'] as const)(
    'loses nothing and saves nothing twice when the connection breaks on opening (%s)',
    async (action) => {
      // Twice, since the SDK sends once more by itself.
      const broken = { method: 'POST', path: '/v1/checkout/sessions', action, times: 2 };
      await test.control.fault(broken);
      await expect(start('embedded_page')).rejects.toMatchObject({ code: 'stripe_unavailable' });
      const { stripeSessionId, ask } = await start('embedded_page');
      await completeSetup(test, stripeSessionId, card);
      expect(await ask()).toMatchObject({ state: 'saved' });
      test.clock.advance(3_600_000);
      while ((await finishOperations(test.runtime)) > 0);
      expect(await rows('paymentMethods')).toHaveLength(1);
      const agreements = await rows('agreements');
      expect(agreements.map((row) => 'status' in row && row.status).sort()).toEqual([
        'active',
        'pending',
      ]);
    },
  );

  it('says that it comes by itself while Stripe cannot be asked', async () => {
    const { stripeSessionId, ask } = await start('embedded_page');
    await completeSetup(test, stripeSessionId, card);
    const away = { method: 'GET', path: '/v1/checkout/sessions', status: 503 };
    await test.control.fault({ ...away, action: 'status', times: 2 });
    expect(await ask()).toEqual({ state: 'waiting' });
    await test.control.clearFaults();
    await waitUntil('the completed event is stored', () =>
      test.runtime.db
        .selectFrom('stripeEvents')
        .select('id')
        .where('type', '=', 'checkout.session.completed')
        .executeTakeFirst(),
    );
    while ((await processInbox(test.runtime)) > 0);
    expect(await ask()).toMatchObject({ state: 'saved' });
  });

  it('ends with one card when the same one is saved in two tabs', async () => {
    const [first, second] = await Promise.all([start('embedded_page'), start('elements')]);
    await completeSetup(test, first.stripeSessionId, card);
    await completeSetup(test, second.stripeSessionId, card);
    await Promise.all([first.ask(), second.ask(), first.ask()]);
    const attached = (await rows('paymentMethods')).filter(
      (row) => 'status' in row && row.status === 'attached',
    );
    expect(attached).toHaveLength(1);
    expect(await first.ask()).toMatchObject({ state: 'saved' });
  });
});
