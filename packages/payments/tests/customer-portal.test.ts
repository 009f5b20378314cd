import { customerNamed } from '@onfile/dev-env/save-card.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { openPortal } from '../src/portal/open-portal.ts';

describeOnBothDatabases('Stripe’s own page for payment methods', (dialect) => {
  let test: TestRuntime;
  afterEach(() => test.close());

  it('is off unless the shop has turned it on', async () => {
    test = await openTestRuntime({ dialect });
    const opened = openPortal(test.runtime, await customerNamed(test.runtime, 'ada'));
    await expect(opened).rejects.toMatchObject({ code: 'customer_portal_off' });
    expect(await test.control.requests({ path: '/v1/billing_portal' })).toEqual([]);
  });

  describe.each(['customers', 'accounts_v2'] as const)('for %s', (model) => {
    it('opens for the shopper who asks, and leads back to the list', async () => {
      const customers = { model, accountsVersion: null };
      test = await openTestRuntime({ dialect, settings: { customerPortal: true, customers } });
      const customer = await customerNamed(test.runtime, 'ada');
      const url = await openPortal(test.runtime, customer);
      expect(url).toContain('/p/session/');
      const known = await customerNamed(test.runtime, 'ada');
      expect(await test.control.objects('billing_portal.session')).toMatchObject([
        {
          customer: known.stripeCustomerId,
          customer_account: known.stripeAccountId,
          return_url: 'http://localhost:3000/account/payment-methods',
        },
      ]);
    });
  });

  it('says so when Stripe cannot be reached, and when it will not open it', async () => {
    test = await openTestRuntime({ dialect, settings: { customerPortal: true } });
    const customer = await customerNamed(test.runtime, 'ada');
    const path = '/v1/billing_portal/sessions';
    await test.control.fault({ method: 'POST', path, action: 'status', status: 500, times: 2 });
    await expect(openPortal(test.runtime, customer)).rejects.toMatchObject({
      code: 'stripe_unavailable',
    });
    await test.control.clearFaults();
    await test.control.fault({ method: 'POST', path, action: 'status', status: 400 });
    await expect(openPortal(test.runtime, customer)).rejects.toMatchObject({
      code: 'stripe_refused',
    });
  });
});
