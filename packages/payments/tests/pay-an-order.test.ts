import type { Row } from '@onfile/db/database.ts';
import { findPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { listOrderPayments } from '@onfile/db/tables/payments.ts';
import { completeSetup } from '@onfile/dev-env/complete-setup.ts';
import { orderWithPlan } from '@onfile/dev-env/place-order.ts';
import { customerNamed, saveCard } from '@onfile/dev-env/save-card.ts';
import { scheduleBalance } from '@onfile/dev-env/schedule-balance.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import type Stripe from 'stripe';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { currentTerms, firstPurpose } from '../src/agreements/terms.ts';
import { settlePaymentSession } from '../src/checkout/settle-payment-session.ts';
import { startCheckout } from '../src/checkout/start-checkout.ts';
import { chargePayment } from '../src/charging/charge-payment.ts';
import { chargeSavedMethod } from '../src/charging/charge-saved-method.ts';
import { staffCharge } from '@onfile/dev-env/staff-charge.ts';
import { openAsking } from '../src/webhooks/asking.ts';
import { handlePaymentMethod } from '../src/webhooks/handlers/payment-method.ts';
import { processInbox } from '../src/webhooks/process-inbox.ts';

const deposit = { kind: 'deposit', depositPercent: 30, balanceDaysBefore: 14 } as const;

describeOnBothDatabases('paying an order', (dialect) => {
  let test: TestRuntime;
  let customer: Row<'customers'>;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect, webhooks: true });
    customer = await customerNamed(test.runtime, 'ada');
  });
  afterEach(() => test.close());

  const actor = { kind: 'shopper', id: 'ada' } as const;

  async function agreed() {
    const terms = await currentTerms(test.runtime, { purpose: firstPurpose, locale: 'en' });
    return {
      termsVersionId: terms.id,
      accepted: true,
      redisplay: false,
      ipAddress: '203.0.113.7',
      userAgent: 'story',
    };
  }

  /** Opens the embedded page. @returns the Session's Stripe id */
  async function openPage(order: Row<'orders'>, agreeing = false): Promise<string> {
    const { clientSecret } = await startCheckout(test.runtime, {
      customer,
      orderId: order.id,
      uiMode: 'embedded_page',
      acceptance: agreeing ? await agreed() : null,
    });
    return clientSecret?.split('_secret_')[0] ?? '';
  }

  const payments = (order: Row<'orders'>) => listOrderPayments(test.runtime.db, order.id);
  const methods = () => test.runtime.db.selectFrom('paymentMethods').selectAll().execute();

  it('in full charges once and keeps no card that the shopper did not ask to keep', async () => {
    const order = await orderWithPlan(test.runtime, customer, { kind: 'full' });
    const session = await openPage(order);
    await completeSetup(test, session, '4242424242424242');
    // The return page and the webhook, at the same time.
    const [state] = await Promise.all([
      settlePaymentSession(test.runtime, session, actor),
      waitUntil('the events are handled', async () => {
        await processInbox(test.runtime);
        return (await payments(order))[0]?.status === 'succeeded';
      }),
    ]);
    expect(state).toBe('paid');
    expect(await payments(order)).toMatchObject([
      { kind: 'full', amountMinor: 9_999, amountReceivedMinor: 9_999, status: 'succeeded' },
    ]);
    expect(await methods()).toEqual([]);
  });

  it('keeps the card that the shopper ticked, to be shown again', async () => {
    const order = await orderWithPlan(test.runtime, customer, { kind: 'full' });
    const session = await openPage(order);
    await completeSetup(test, session, '4242424242424242', { save: true });
    await settlePaymentSession(test.runtime, session, actor);
    expect(await methods()).toMatchObject([{ last4: '4242', allowRedisplay: 'always' }]);
  });

  it('with a deposit needs the shopper’s agreement, and keeps the card for the balance', async () => {
    const order = await orderWithPlan(test.runtime, customer, deposit);
    await expect(openPage(order)).rejects.toMatchObject({ code: 'terms_not_accepted' });
    const session = await openPage(order, true);
    await completeSetup(test, session, '4242424242424242');
    await settlePaymentSession(test.runtime, session, actor);
    const [method] = await methods();
    expect(method).toMatchObject({ last4: '4242', allowRedisplay: 'limited' });
    const agreement = await test.runtime.db
      .selectFrom('agreements')
      .selectAll()
      .executeTakeFirstOrThrow();
    expect(agreement).toMatchObject({ status: 'active', orderId: order.id });
    expect(await payments(order)).toMatchObject([
      { kind: 'deposit', amountMinor: 3_000, status: 'succeeded' },
      {
        kind: 'balance',
        amountMinor: 6_999,
        status: 'scheduled',
        agreementId: agreement.id,
        paymentMethodId: method?.id,
      },
    ]);
    // The card is really chargeable while the shopper is away.
    if (!method) throw new Error('no card was kept');
    const on = { customer, method, agreementId: agreement.id };
    expect(await chargeSavedMethod(test.runtime, staffCharge(on))).toMatchObject({
      payment: { status: 'succeeded' },
    });
  });

  it('mails that the card is kept, also when the event of its attaching is first', async () => {
    const order = await orderWithPlan(test.runtime, customer, deposit);
    const session = await openPage(order, true);
    await completeSetup(test, session, '4242424242424242');
    const attached = await waitUntil('the card is attached', () =>
      test.runtime.db
        .selectFrom('stripeEvents')
        .select('payload')
        .where('type', '=', 'payment_method.attached')
        .executeTakeFirst(),
    );
    const news = JSON.parse(attached.payload) as Stripe.Event;
    await handlePaymentMethod(test.runtime, news, openAsking(test.runtime));
    await settlePaymentSession(test.runtime, session, actor);
    const mails = await test.runtime.db
      .selectFrom('outbox')
      .select('data')
      .where('kind', '=', 'method_saved')
      .execute();
    expect(mails.map(({ data }) => JSON.parse(data) as unknown)).toEqual([
      { method: 'Visa ending in 4242', cap: '$500.00' },
    ]);
  });

  it('on a second page ends the first one: of two, only one can be paid', async () => {
    const order = await orderWithPlan(test.runtime, customer, { kind: 'full' });
    const first = await openPage(order);
    // A decline on the first page leaves an intent behind, which its end cancels at Stripe.
    await expect(completeSetup(test, first, '4000000000000002')).rejects.toThrow('declined');
    const second = await openPage(order);
    expect(second).not.toBe(first);
    await expect(completeSetup(test, first, '4242424242424242')).rejects.toThrow();
    await waitUntil('the first page’s end is known', async () => {
      await processInbox(test.runtime);
      const rows = await test.runtime.db.selectFrom('stripeEvents').selectAll().execute();
      return rows.some(({ type }) => type === 'checkout.session.expired');
    });
    expect(await payments(order)).toMatchObject([{ status: 'requires_payment_method' }]);
    await completeSetup(test, second, '4242424242424242');
    await settlePaymentSession(test.runtime, second, actor);
    expect(await payments(order)).toMatchObject([{ status: 'succeeded' }]);
  });

  it('that was paid on the first page a moment ago opens no second one', async () => {
    const order = await orderWithPlan(test.runtime, customer, { kind: 'full' });
    const first = await openPage(order);
    await completeSetup(test, first, '4242424242424242');
    await expect(openPage(order)).rejects.toMatchObject({ code: 'order_not_payable' });
    expect(await payments(order)).toMatchObject([{ status: 'succeeded' }]);
  });

  it('that checks its stock first is held, not captured', async () => {
    const order = await orderWithPlan(test.runtime, customer, { kind: 'check_stock' });
    const session = await openPage(order);
    await completeSetup(test, session, '4242424242424242');
    expect(await settlePaymentSession(test.runtime, session, actor)).toBe('authorized');
    expect(await payments(order)).toMatchObject([{ status: 'requires_capture' }]);
  });

  it('offers no removal of cards in Checkout while one of them is needed', async () => {
    const removalOffered = async (order: Row<'orders'>) => {
      const session = await test.runtime.stripe.checkout.sessions.retrieve(await openPage(order));
      return session.saved_payment_method_options?.payment_method_remove;
    };
    const on = await saveCard(test, 'ada', '5555555555554444');
    customer = on.customer;
    const order = await orderWithPlan(test.runtime, customer, { kind: 'full' });
    expect(await removalOffered(order)).toBe('enabled');
    const booked = await orderWithPlan(test.runtime, customer, deposit);
    const session = await openPage(booked, true);
    await completeSetup(test, session, '4242424242424242');
    await settlePaymentSession(test.runtime, session, actor);
    expect(await removalOffered(order)).toBe('disabled');
  });

  it('offers no removal of cards while a declined balance is to be tried again', async () => {
    const on = await saveCard(test, 'ada', '5555555555554444');
    customer = on.customer;
    const { id } = await scheduleBalance(test.runtime, on, { inDays: 0 });
    await test.control.bank({ outcome: 'insufficient_funds' });
    const after = await chargePayment(test.runtime, id, { kind: 'worker' });
    expect(after).toMatchObject({ status: 'requires_payment_method', nextStep: 'charge' });
    const order = await orderWithPlan(test.runtime, customer, { kind: 'full' });
    const session = await test.runtime.stripe.checkout.sessions.retrieve(await openPage(order));
    expect(session.saved_payment_method_options?.payment_method_remove).toBe('disabled');
  });

  it('is nobody else’s to pay or to see', async () => {
    const order = await orderWithPlan(test.runtime, customer, { kind: 'full' });
    customer = await customerNamed(test.runtime, 'eve');
    await expect(openPage(order)).rejects.toMatchObject({ code: 'not_found', field: 'orderId' });
  });

  it('by a guest makes the customer that Checkout made ours', async () => {
    const now = test.clock.now();
    const guest = { id: 'cust_guest', authUserId: null, email: 'guest@example.com', name: null };
    await test.runtime.db
      .insertInto('customers')
      .values({ ...guest, createdAt: now, updatedAt: now })
      .execute();
    customer = await test.runtime.db
      .selectFrom('customers')
      .selectAll()
      .where('id', '=', guest.id)
      .executeTakeFirstOrThrow();
    const order = await orderWithPlan(test.runtime, customer, deposit);
    const session = await openPage(order, true);
    await completeSetup(test, session, '4242424242424242');
    await settlePaymentSession(test.runtime, session, actor);
    const [method] = await methods();
    const atStripe = await test.runtime.stripe.paymentMethods.retrieve(
      method?.stripePaymentMethodId ?? '',
    );
    const ours = await test.runtime.db
      .selectFrom('customers')
      .select('stripeCustomerId')
      .where('id', '=', guest.id)
      .executeTakeFirstOrThrow();
    expect(ours.stripeCustomerId).toMatch(/^cus_/);
    expect(atStripe.customer).toBe(ours.stripeCustomerId);
    expect(await findPaymentMethod(test.runtime.db, method?.id ?? '')).toMatchObject({
      customerId: guest.id,
      status: 'attached',
    });
  });
});
