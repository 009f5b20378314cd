import { customerNamed } from '@onfile/dev-env/save-card.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { setDefaultMethod } from '@onfile/db/tables/customers.ts';
import { insertPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { newId } from '@onfile/payments/ids.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createStorefrontCaller } from '../src/storefront/router.ts';

const count = 105;

describeOnBothDatabases('a wallet with more than 100 methods', (dialect) => {
  let test: TestRuntime;
  const ids: string[] = [];

  const ada = () =>
    createStorefrontCaller({
      runtime: test.runtime,
      request: { ipAddress: null, userAgent: null, acceptLanguage: null, requestId: 'req' },
      shopper: { userId: 'user-ada', email: 'ada@example.com', name: 'ada', emailVerified: true },
      guestId: null,
      recoveryToken: null,
      rememberGuest: () => undefined,
    });

  beforeAll(async () => {
    test = await openTestRuntime({ dialect });
    const customer = await customerNamed(test.runtime, 'ada');
    for (let at = 0; at < count; at += 1) {
      const now = test.clock.now() + at;
      const id = newId('paymentMethod');
      ids.push(id);
      await insertPaymentMethod(test.runtime.db, {
        id,
        customerId: customer.id,
        stripePaymentMethodId: `pm_${String(at)}`,
        type: 'card',
        brand: 'visa',
        last4: String(at).padStart(4, '0'),
        status: 'attached',
        createdAt: now,
        updatedAt: now,
      });
    }
    await setDefaultMethod(test.runtime.db, customer.id, ids[7] ?? '', test.clock.now());
  });
  afterAll(() => test.close());

  it('is shown page by page: the default first, then newest first, each once', async () => {
    const first = await ada().paymentMethods.list({ page: 1 });
    expect(first.paging).toEqual({ page: 1, pages: 6, total: count });
    const shown = [];
    for (let page = 1; page <= first.paging.pages; page += 1) {
      const { methods } = await ada().paymentMethods.list({ page });
      shown.push(...methods.map(({ id }) => id));
    }
    const others = ids.filter((id) => id !== ids[7]).reverse();
    expect(shown).toEqual([ids[7], ...others]);
    expect((await ada().paymentMethods.list({ page: 7 })).methods).toEqual([]);
  });
});
