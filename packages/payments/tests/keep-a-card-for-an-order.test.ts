import type { Row } from '@onfile/db/database.ts';
import { findOrder } from '@onfile/db/tables/orders.ts';
import { listOrderPayments } from '@onfile/db/tables/payments.ts';
import { agree } from '@onfile/dev-env/agree.ts';
import { completeSetup } from '@onfile/dev-env/complete-setup.ts';
import { orderWithPlan } from '@onfile/dev-env/place-order.ts';
import { customerNamed } from '@onfile/dev-env/save-card.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { getCheckoutResult } from '../src/checkout/get-checkout-result.ts';
import { keepCardForOrder } from '../src/checkout/keep-card-for-order.ts';
import { settlePaymentSession } from '../src/checkout/settle-payment-session.ts';
import { startCheckout } from '../src/checkout/start-checkout.ts';
import { processInbox } from '../src/webhooks/process-inbox.ts';

const kept = { kind: 'card_kept', feePercent: 50, freeCancellationHours: 48 } as const;
const deposit = { kind: 'deposit', depositPercent: 30, balanceDaysBefore: 14 } as const;

describeOnBothDatabases('keeping a card for an order', (dialect) => {
  let test: TestRuntime;
  let customer: Row<'customers'>;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect, webhooks: true });
    customer = await customerNamed(test.runtime, 'ada');
  });
  afterEach(() => test.close());

  async function open(order: Row<'orders'>, agreeing = true): Promise<string> {
    const started = await keepCardForOrder(test.runtime, {
      customer,
      orderId: order.id,
      uiMode: 'elements',
      acceptance: agreeing ? await agree(test.runtime) : null,
    });
    if (!('clientSecret' in started)) throw new Error('asked for a form, got a page');
    return started.clientSecret.split('_secret_')[0] ?? '';
  }

  const result = (order: Row<'orders'>, stripeSessionId: string, customerId = customer.id) =>
    getCheckoutResult(test.runtime, { customerId, orderId: order.id, stripeSessionId });
  const payments = (order: Row<'orders'>) => listOrderPayments(test.runtime.db, order.id);

  it('charges nothing now, and keeps the card under the agreement', async () => {
    const order = await orderWithPlan(test.runtime, customer, kept);
    await expect(open(order, false)).rejects.toMatchObject({ code: 'terms_not_accepted' });
    const session = await open(order);
    await completeSetup(test, session, '4242424242424242');
    expect(await result(order, session)).toEqual({ state: 'kept' });
    const { agreementId } = (await findOrder(test.runtime.db, order.id)) ?? {};
    const agreement = await test.runtime.db
      .selectFrom('agreements')
      .selectAll()
      .executeTakeFirstOrThrow();
    expect(agreement).toMatchObject({ id: agreementId, orderId: order.id, status: 'active' });
    expect(await payments(order)).toEqual([]);
  });

  it('names the card on the hold that comes later', async () => {
    const order = await orderWithPlan(test.runtime, customer, { kind: 'hold', daysBefore: 1 });
    const session = await open(order);
    await completeSetup(test, session, '4242424242424242');
    await result(order, session);
    const { agreementId } = (await findOrder(test.runtime.db, order.id)) ?? {};
    const [hold] = await payments(order);
    expect(hold).toMatchObject({ kind: 'hold', status: 'scheduled', agreementId });
    expect(hold?.paymentMethodId).toMatch(/^meth_/);
  });

  it.each([
    ['eur', 50_000],
    ['jpy', 75_000],
  ])('is agreed to in the currency of the order: %s', async (currency, capAmountMinor) => {
    const price = { amountMinor: 20_000, currency };
    const order = await orderWithPlan(test.runtime, customer, kept, price);
    const session = await open(order);
    await completeSetup(test, session, '4242424242424242');
    expect(await result(order, session)).toEqual({ state: 'kept' });
    const agreement = await test.runtime.db
      .selectFrom('agreements')
      .selectAll()
      .executeTakeFirstOrThrow();
    expect(agreement).toMatchObject({ currency, capAmountMinor, status: 'active' });
  });

  it('is refused for more than the terms allow, before it is ordered', async () => {
    const price = { amountMinor: 120_000, currency: 'usd' };
    await expect(orderWithPlan(test.runtime, customer, kept, price)).rejects.toMatchObject({
      code: 'order_above_terms',
    });
    const francs = { amountMinor: 5_000, currency: 'chf' };
    await expect(orderWithPlan(test.runtime, customer, kept, francs)).rejects.toMatchObject({
      code: 'terms_without_currency',
    });
  });

  it('shows the result to nobody else, and for no other order', async () => {
    const order = await orderWithPlan(test.runtime, customer, kept);
    const other = await orderWithPlan(test.runtime, customer, kept);
    const session = await open(order);
    const eve = await customerNamed(test.runtime, 'eve');
    await expect(result(order, session, eve.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(result(other, session)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('lets a payment wait, and tells both sides, when the card is removed in Checkout all the same', async () => {
    const other = await orderWithPlan(test.runtime, customer, { kind: 'full' });
    const page = async (order: Row<'orders'>, agreeing: boolean) => {
      const { clientSecret } = await startCheckout(test.runtime, {
        customer,
        orderId: order.id,
        uiMode: 'embedded_page',
        acceptance: agreeing ? await agree(test.runtime, true) : null,
      });
      return { id: clientSecret?.split('_secret_')[0] ?? '', clientSecret: clientSecret ?? '' };
    };
    // This page was opened while nothing needed a card yet, so it offers to remove one.
    const early = await page(other, false);
    const booked = await orderWithPlan(test.runtime, customer, deposit);
    const paid = await page(booked, true);
    await completeSetup(test, paid.id, '4242424242424242');
    await settlePaymentSession(test.runtime, paid.id, { kind: 'stripe' });
    const [, balance] = await payments(booked);
    const method = await test.runtime.db
      .selectFrom('paymentMethods')
      .selectAll()
      .executeTakeFirstOrThrow();
    expect(balance?.paymentMethodId).toBe(method.id);
    const removal = await fetch(`${test.sandbox.url}/v1/payment_pages/${early.id}/remove`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${test.runtime.settings.stripe.publishableKey}`,
      },
      body: JSON.stringify({
        client_secret: early.clientSecret,
        payment_method: method.stripePaymentMethodId,
      }),
    });
    expect(await removal.json()).not.toHaveProperty('error');
    await waitUntil('the removal is known', async () => {
      await processInbox(test.runtime);
      return (await payments(booked))[1]?.paymentMethodId === null;
    });
    const mails = await test.runtime.db.selectFrom('outbox').select('kind').execute();
    expect(mails.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['method_needed', 'method_needed_staff']),
    );
  });
});
