import type { Row } from '@onfile/db/database.ts';
import { findOrder } from '@onfile/db/tables/orders.ts';
import { listOrderPayments } from '@onfile/db/tables/payments.ts';
import { agree } from '@onfile/dev-env/agree.ts';
import { completeSetup } from '@onfile/dev-env/complete-setup.ts';
import { confirmIntent, endChallenge } from '@onfile/dev-env/confirm-intent.ts';
import { orderWithPlan } from '@onfile/dev-env/place-order.ts';
import { customerNamed } from '@onfile/dev-env/save-card.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lookAtOrder } from '../src/checkout/look-at-order.ts';
import { startCheckout } from '../src/checkout/start-checkout.ts';
import { startPaymentIntent } from '../src/checkout/start-payment-intent.ts';
import { processInbox } from '../src/webhooks/process-inbox.ts';

const deposit = { kind: 'deposit', depositPercent: 30, balanceDaysBefore: 14 } as const;

describeOnBothDatabases('paying by a PaymentIntent of our own', (dialect) => {
  let test: TestRuntime;
  let customer: Row<'customers'>;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect, webhooks: true });
    customer = await customerNamed(test.runtime, 'ada');
  });
  afterEach(() => test.close());

  const open = async (order: Row<'orders'>, more: { keep?: boolean; agreeing?: boolean } = {}) =>
    (
      await startPaymentIntent(test.runtime, {
        customer,
        orderId: order.id,
        acceptance: more.agreeing ? await agree(test.runtime) : null,
        keep: more.keep ?? false,
        from: { ipAddress: '203.0.113.7', userAgent: 'story' },
      })
    ).clientSecret;

  const payments = (order: Row<'orders'>) => listOrderPayments(test.runtime.db, order.id);
  const methods = () => test.runtime.db.selectFrom('paymentMethods').selectAll().execute();
  const full = () => orderWithPlan(test.runtime, customer, { kind: 'full' });

  /** Nobody comes back from the page: only the webhook tells. */
  const heardOf = (order: Row<'orders'>) =>
    waitUntil('the webhook is handled', async () => {
      await processInbox(test.runtime);
      const isPaid = (await payments(order))[0]?.status === 'succeeded';
      const rows = await test.runtime.db.selectFrom('stripeEvents').selectAll().execute();
      return isPaid && rows.every(({ status }) => status !== 'pending');
    });

  it('keeps the deposit’s card by the webhook alone, when the window was closed', async () => {
    const order = await orderWithPlan(test.runtime, customer, deposit);
    await expect(open(order)).rejects.toMatchObject({ code: 'terms_not_accepted' });
    const secret = await open(order, { agreeing: true });
    expect(await confirmIntent(test, secret, '4242424242424242')).toBe('succeeded');
    await heardOf(order);
    const [method] = await methods();
    const { agreementId } = (await findOrder(test.runtime.db, order.id)) ?? {};
    expect(method).toMatchObject({ last4: '4242', status: 'attached', allowRedisplay: 'limited' });
    expect(await payments(order)).toMatchObject([
      { kind: 'deposit', status: 'succeeded' },
      { kind: 'balance', status: 'scheduled', paymentMethodId: method?.id, agreementId },
    ]);
  });

  it('keeps nothing that was not asked for, and what was ticked', async () => {
    const first = await full();
    await confirmIntent(test, await open(first), '4242424242424242');
    await heardOf(first);
    expect(await methods()).toEqual([]);
    const second = await full();
    // The tick comes late: the same intent learns of it.
    const unticked = await open(second);
    const ticked = await open(second, { keep: true });
    expect(ticked).toBe(unticked);
    await confirmIntent(test, ticked, '5555555555554444');
    await heardOf(second);
    expect(await methods()).toMatchObject([
      { last4: '4444', status: 'attached', allowRedisplay: 'always' },
    ]);
    const ticks = await test.runtime.db
      .selectFrom('auditLog')
      .select(['subjectId', 'details'])
      .where('action', '=', 'order.keep_ticked')
      .execute();
    expect(ticks).toMatchObject([{ subjectId: second.id }]);
    expect(JSON.parse(ticks[0]?.details ?? '{}')).toEqual({
      ipAddress: '203.0.113.7',
      userAgent: 'story',
    });
  });

  it('in two tabs at once is one intent', async () => {
    const order = await full();
    const [one, two] = await Promise.all([open(order), open(order)]);
    expect(one).toBe(two);
    const { data } = await test.runtime.stripe.paymentIntents.list({ limit: 100 });
    expect(data).toHaveLength(1);
  });

  it('goes on after a decline and a step on the same intent', async () => {
    const order = await full();
    const secret = await open(order);
    await expect(confirmIntent(test, secret, '4000000000000002')).rejects.toThrow('declined');
    expect(await open(order)).toBe(secret);
    expect(await confirmIntent(test, secret, '4000002760003184')).toBe('requires_action');
    await endChallenge(test.sandbox, secret, 'complete');
    const ask = { customerId: customer.id, orderId: order.id };
    expect(await lookAtOrder(test.runtime, ask)).toMatchObject({ state: 'paid' });
  });

  it('gives way to a page, and the page to it: one of them can be paid', async () => {
    const order = await full();
    const start = {
      customer,
      orderId: order.id,
      uiMode: 'embedded_page',
      acceptance: null,
    } as const;
    const secret = await open(order);
    const page = await startCheckout(test.runtime, start);
    await expect(confirmIntent(test, secret, '4242424242424242')).rejects.toThrow();
    const again = await open(order);
    expect(again).not.toBe(secret);
    const session = page.clientSecret?.split('_secret_')[0] ?? '';
    await expect(completeSetup(test, session, '4242424242424242')).rejects.toThrow();
    await confirmIntent(test, again, '4242424242424242');
    await heardOf(order);
    expect(await findOrder(test.runtime.db, order.id)).toMatchObject({ status: 'paid' });
  });

  it('is nobody else’s to open', async () => {
    const order = await full();
    customer = await customerNamed(test.runtime, 'eve');
    await expect(open(order)).rejects.toMatchObject({ code: 'not_found' });
  });
});
