import type { Row } from '@onfile/db/database.ts';
import { findOrder } from '@onfile/db/tables/orders.ts';
import { listOrderPayments } from '@onfile/db/tables/payments.ts';
import { holdForOrder } from '@onfile/dev-env/place-order.ts';
import { customerNamed } from '@onfile/dev-env/save-card.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { endHold } from '../src/checkout/end-hold.ts';
import type { HoldEnd } from '../src/holds/begin-end-hold.ts';
import { startCheckout } from '../src/checkout/start-checkout.ts';
import { finishOperations } from '../src/worker/finish-operations.ts';

describeOnBothDatabases('an order that checks its stock first', (dialect) => {
  let test: TestRuntime;
  let customer: Row<'customers'>;
  let orderId: string;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
    customer = await customerNamed(test.runtime, 'ada');
    ({ orderId } = await holdForOrder(test, customer, { amountMinor: 5_400, currency: 'jpy' }));
  });
  afterEach(() => test.close());

  const end = (how: HoldEnd) => endHold(test.runtime, { orderId, staffId: 'staff-1', end: how });
  const payments = () => listOrderPayments(test.runtime.db, orderId);
  const status = async () => (await findOrder(test.runtime.db, orderId))?.status;

  it('is paid when staff capture what is held', async () => {
    expect(await payments()).toMatchObject([{ status: 'requires_capture' }]);
    await end('capture');
    expect(await payments()).toMatchObject([{ status: 'succeeded', amountReceivedMinor: 5_400 }]);
    expect(await status()).toBe('paid');
    await expect(end('release')).rejects.toMatchObject({ code: 'order_not_held' });
  });

  it('is canceled when staff release it, and owes nothing', async () => {
    await end('release');
    expect(await payments()).toMatchObject([{ status: 'canceled', amountReceivedMinor: 0 }]);
    expect(await status()).toBe('canceled');
    const again = { customer, orderId, uiMode: 'embedded_page', acceptance: null } as const;
    await expect(startCheckout(test.runtime, again)).rejects.toMatchObject({
      code: 'order_not_payable',
    });
  });

  it('by two members of staff at once ends in one way', async () => {
    const both = await Promise.allSettled([end('capture'), end('release')]);
    expect(both.filter(({ status: outcome }) => outcome === 'fulfilled')).toHaveLength(1);
    expect(['paid', 'canceled']).toContain(await status());
  });

  it('is finished by the worker when the answer was lost', async () => {
    await test.control.fault({
      method: 'POST',
      path: '/v1/payment_intents/*/capture',
      action: 'reset_after',
      times: 2,
    });
    await expect(end('capture')).rejects.toMatchObject({ code: 'stripe_unavailable' });
    await test.control.clearFaults();
    test.clock.advance(600_000);
    await finishOperations(test.runtime);
    expect(await status()).toBe('paid');
    const captures = await test.control.requests({ method: 'POST', path: '/v1/payment_intents' });
    const done = captures.filter(({ path, replayed }) => path.endsWith('/capture') && !replayed);
    expect(done.filter(({ status: code }) => code === 200).length).toBeLessThanOrEqual(1);
  });

  it('whose hold ran out is canceled, and cannot be captured', async () => {
    await test.control.advanceClock(8 * 24 * 60 * 60);
    await expect(end('capture')).rejects.toMatchObject({ code: 'order_not_held' });
    expect(await status()).toBe('canceled');
  });
});
