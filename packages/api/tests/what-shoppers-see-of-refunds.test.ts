import { disputedPayment } from '@onfile/dev-env/disputed-payment.ts';
import { payWith, staffRefund } from '@onfile/dev-env/pay-and-refund.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { findRefund, updateRefund } from '@onfile/db/tables/refunds.ts';
import { refundPayment } from '@onfile/payments/refunds/refund-payment.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createStorefrontCaller } from '../src/storefront/router.ts';

describeOnBothDatabases('what shoppers see of money that goes back', (dialect) => {
  let test: TestRuntime;
  beforeAll(async () => {
    test = await openTestRuntime({ dialect });
  });
  afterAll(() => test.close());

  const shopper = (name: string) =>
    createStorefrontCaller({
      runtime: test.runtime,
      request: {
        ipAddress: '203.0.113.7',
        userAgent: 'story',
        acceptLanguage: null,
        requestId: 'req',
      },
      shopper: { userId: `user-${name}`, email: `${name}@example.com`, name, emailVerified: true },
      guestId: null,
      rememberGuest: () => undefined,
    });

  it('is each refund with its note, and what is owed to them', async () => {
    const { payment } = await payWith(test, '4242424242424242');
    const { id } = await refundPayment(test.runtime, staffRefund(payment.id));
    const refunds = async () => (await shopper('ada').payments.list())[0]?.refunds;
    const shown = { id, amountText: '$4.00', note: 'The room was not ready' };
    expect(await refunds()).toMatchObject([{ ...shown, state: 'refunded' }]);
    const set = (change: Parameters<typeof updateRefund>[2]) =>
      updateRefund(test.runtime.db, id, change);
    await set({ status: 'failed' });
    expect(await refunds()).toMatchObject([{ ...shown, state: 'owed' }]);
    await set({ settledOtherwiseAt: test.clock.now(), settledOtherwiseNote: 'In cash' });
    expect(await refunds()).toMatchObject([
      { ...shown, note: 'In cash', state: 'settled_otherwise' },
    ]);
    await set({ status: 'canceled', settledOtherwiseAt: null });
    expect(await refunds()).toEqual([]);
    expect((await findRefund(test.runtime.db, id))?.status).toBe('canceled');
  });

  it('is nothing of a dispute', async () => {
    const { disputeId } = await disputedPayment(test, 'dora');
    const pages = [
      await shopper('dora').payments.list(),
      await shopper('dora').paymentMethods.list(),
      await shopper('dora').agreements.list(),
    ];
    expect(pages[0]).toMatchObject([{ status: 'succeeded', refunds: [] }]);
    const words = JSON.stringify(pages);
    for (const word of [disputeId, 'dispute', 'frozen']) expect(words).not.toContain(word);
  });
});
