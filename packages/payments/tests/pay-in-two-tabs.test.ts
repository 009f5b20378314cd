import type { Row } from '@onfile/db/database.ts';
import { findOrder } from '@onfile/db/tables/orders.ts';
import { listOrderPayments } from '@onfile/db/tables/payments.ts';
import { agree } from '@onfile/dev-env/agree.ts';
import { completeSetup } from '@onfile/dev-env/complete-setup.ts';
import { orderWithPlan } from '@onfile/dev-env/place-order.ts';
import { customerNamed, guestNamed } from '@onfile/dev-env/save-card.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openAnotherRuntime, openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { getCheckoutResult } from '../src/checkout/get-checkout-result.ts';
import { settlePaymentSession } from '../src/checkout/settle-payment-session.ts';
import { startCheckout } from '../src/checkout/start-checkout.ts';
import { finishOperations } from '../src/worker/finish-operations.ts';

const card = '4242424242424242';

describeOnBothDatabases('paying in two tabs, over bad lines', (dialect) => {
  let test: TestRuntime;
  let customer: Row<'customers'>;
  let order: Row<'orders'>;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
    customer = await customerNamed(test.runtime, 'ada');
    order = await orderWithPlan(test.runtime, customer, { kind: 'full' });
  });
  afterEach(() => test.close());

  const open = async (runtime = test.runtime) => {
    const start = {
      customer,
      orderId: order.id,
      uiMode: 'embedded_page',
      acceptance: null,
    } as const;
    const { clientSecret } = await startCheckout(runtime, start);
    return clientSecret?.split('_secret_')[0] ?? '';
  };
  const settle = (id: string) => settlePaymentSession(test.runtime, id, { kind: 'stripe' });
  const openAtStripe = async () => {
    const { data } = await test.runtime.stripe.checkout.sessions.list({ limit: 100 });
    return data.filter(({ status }) => status === 'open').map(({ id }) => id);
  };
  const succeeded = async () => {
    const { data } = await test.runtime.stripe.paymentIntents.list({ limit: 100 });
    return data.filter(({ status }) => status === 'succeeded');
  };

  it('opened at the same moment leaves one page that can be paid', async () => {
    const another = openAnotherRuntime(test, 'another');
    const tabs = await Promise.allSettled([open(), open(another.runtime)]);
    await another.close();
    expect(tabs.some(({ status }) => status === 'fulfilled')).toBe(true);
    const left = await openAtStripe();
    expect(left).toHaveLength(1);
    await completeSetup(test, left[0] ?? '', card);
    expect(await settle(left[0] ?? '')).toBe('paid');
    expect(await succeeded()).toHaveLength(1);
    await expect(open()).rejects.toMatchObject({ code: 'order_not_payable' });
  });

  it.each(['reset_before', 'reset_after'] as const)(
    'after a line that broke (%s) at the making of a page opens another, and pays once',
    async (action) => {
      const path = '/v1/checkout/sessions';
      await test.control.fault({ method: 'POST', path, action, times: 3 });
      await expect(open()).rejects.toMatchObject({ code: 'stripe_unavailable' });
      await test.control.clearFaults();
      const page = await open();
      test.clock.advance(600_000);
      await finishOperations(test.runtime);
      await completeSetup(test, page, card);
      expect(await settle(page)).toBe('paid');
      expect(await succeeded()).toHaveLength(1);
    },
  );

  it('left open until it expired is told so, and a new page pays', async () => {
    const page = await open();
    await test.control.advanceClock(25 * 60 * 60);
    const ask = { customerId: customer.id, orderId: order.id, stripeSessionId: page };
    expect(await getCheckoutResult(test.runtime, ask)).toEqual({ state: 'expired' });
    const next = await open();
    await completeSetup(test, next, card);
    expect(await getCheckoutResult(test.runtime, { ...ask, stripeSessionId: next })).toEqual({
      state: 'paid',
    });
    expect(await findOrder(test.runtime.db, order.id)).toMatchObject({ status: 'paid' });
  });

  it('by a guest where customers are accounts makes the account first', async () => {
    test.runtime.settings.customers.model = 'accounts_v2';
    customer = await guestNamed(test.runtime, 'gus');
    const plan = { kind: 'deposit', depositPercent: 30, balanceDaysBefore: 14 } as const;
    order = await orderWithPlan(test.runtime, customer, plan);
    const { clientSecret } = await startCheckout(test.runtime, {
      customer,
      orderId: order.id,
      uiMode: 'elements',
      acceptance: await agree(test.runtime),
    });
    const page = clientSecret?.split('_secret_')[0] ?? '';
    const session = await test.runtime.stripe.checkout.sessions.retrieve(page);
    expect(session.customer_account).toMatch(/^acct_/);
    await completeSetup(test, page, card);
    expect(await settle(page)).toBe('paid');
    const [, balance] = await listOrderPayments(test.runtime.db, order.id);
    expect(balance).toMatchObject({ kind: 'balance', status: 'scheduled' });
    expect(balance?.paymentMethodId).toMatch(/^meth_/);
  });
});
