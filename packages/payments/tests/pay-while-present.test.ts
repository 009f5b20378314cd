import type { Row } from '@onfile/db/database.ts';
import { findOrder } from '@onfile/db/tables/orders.ts';
import { findPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { listAttempts } from '@onfile/db/tables/attempts.ts';
import { listOrderPayments } from '@onfile/db/tables/payments.ts';
import { agree } from '@onfile/dev-env/agree.ts';
import { completeSetup } from '@onfile/dev-env/complete-setup.ts';
import { endChallenge } from '@onfile/dev-env/confirm-intent.ts';
import { orderWithPlan } from '@onfile/dev-env/place-order.ts';
import { customerNamed, openSetup, saveCard } from '@onfile/dev-env/save-card.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lookAtOrder } from '../src/checkout/look-at-order.ts';
import { payWithSavedMethod } from '../src/checkout/pay-with-saved-method.ts';
import { settlePaymentSession } from '../src/checkout/settle-payment-session.ts';
import { startCheckout } from '../src/checkout/start-checkout.ts';
import { settleCheckoutSession } from '../src/setup/settle-checkout-session.ts';
import { resumeAttempts } from '../src/worker/resume-attempts.ts';

const deposit = { kind: 'deposit', depositPercent: 30, balanceDaysBefore: 14 } as const;
const alwaysAsks = '4000002760003184';

describeOnBothDatabases('paying with a card on file while its owner is there', (dialect) => {
  let test: TestRuntime;
  let customer: Row<'customers'>;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
    customer = await customerNamed(test.runtime, 'ada');
  });
  afterEach(() => test.close());

  /** Saves a card that its owner agreed to see again at checkout. */
  async function showable(card: string): Promise<Row<'paymentMethods'>> {
    const { stripeSessionId } = await openSetup(test.runtime, customer, { redisplay: true });
    await completeSetup(test, stripeSessionId, card);
    const actor = { kind: 'shopper', id: customer.id } as const;
    const result = await settleCheckoutSession(test.runtime, stripeSessionId, actor);
    if (result?.state !== 'saved') throw new Error('the card was not saved');
    customer = await customerNamed(test.runtime, 'ada');
    const method = await findPaymentMethod(test.runtime.db, result.paymentMethodId);
    if (!method) throw new Error('the card is gone');
    return method;
  }

  const pay = async (
    order: Row<'orders'>,
    method: Row<'paymentMethods'>,
    more: { triesSeen?: number; agreeing?: boolean } = {},
  ) =>
    payWithSavedMethod(test.runtime, {
      customer,
      orderId: order.id,
      paymentMethodId: method.id,
      triesSeen: more.triesSeen ?? 0,
      acceptance: more.agreeing ? await agree(test.runtime) : null,
    });

  const look = (order: Row<'orders'>) =>
    lookAtOrder(test.runtime, { customerId: customer.id, orderId: order.id });
  const payments = (order: Row<'orders'>) => listOrderPayments(test.runtime.db, order.id);
  const succeeded = async () => {
    const list = await test.runtime.stripe.paymentIntents.list({ limit: 100 });
    return list.data.filter(({ status }) => status === 'succeeded');
  };
  const full = () => orderWithPlan(test.runtime, customer, { kind: 'full' });

  it('charges once, on-session, and the order is paid', async () => {
    const method = await showable('4242424242424242');
    const order = await full();
    expect(await pay(order, method)).toMatchObject({ state: 'paid', clientSecret: null });
    expect(await findOrder(test.runtime.db, order.id)).toMatchObject({ status: 'paid' });
    const [payment] = await payments(order);
    expect(payment).toMatchObject({ status: 'succeeded', paymentMethodId: method.id });
    const [attempt] = await listAttempts(test.runtime.db, payment?.id ?? '');
    const request = JSON.parse(attempt?.request ?? '') as { params: object };
    expect(request.params).toMatchObject({ confirm: true, use_stripe_sdk: true });
    expect(request.params).not.toHaveProperty('off_session');
  });

  it('sent twice by a double click is one try', async () => {
    const method = await showable('4242424242424242');
    const order = await full();
    const answers = await Promise.allSettled([pay(order, method), pay(order, method)]);
    expect(answers.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect(await succeeded()).toHaveLength(1);
    const [payment] = await payments(order);
    expect(await listAttempts(test.runtime.db, payment?.id ?? '')).toHaveLength(1);
  });

  it('lets the bank ask on the page, and is paid after its step', async () => {
    const method = await showable(alwaysAsks);
    const order = await full();
    const standing = await pay(order, method);
    expect(standing.state).toBe('needs_step');
    await endChallenge(test.sandbox, standing.clientSecret ?? '', 'complete');
    expect(await look(order)).toMatchObject({ state: 'paid', clientSecret: null });
    expect(await findOrder(test.runtime.db, order.id)).toMatchObject({ status: 'paid' });
  });

  it('after a step that failed says why, and a second try confirms the same intent', async () => {
    const asking = await showable(alwaysAsks);
    const order = await full();
    const standing = await pay(order, asking);
    await endChallenge(test.sandbox, standing.clientSecret ?? '', 'fail');
    const failed = await look(order);
    expect(failed).toMatchObject({ state: 'owed', tries: 1 });
    expect(failed.decline?.code).toBe('payment_intent_authentication_failure');
    const other = await showable('4242424242424242');
    expect(await pay(order, other, { triesSeen: 1 })).toMatchObject({ state: 'paid', tries: 2 });
    const intents = await test.runtime.stripe.paymentIntents.list({ limit: 100 });
    expect(intents.data).toHaveLength(1);
  });

  it('after a decline is owed still, and may be paid with another card', async () => {
    const declined = await showable('4000000000000341');
    const order = await full();
    const standing = await pay(order, declined);
    expect(standing).toMatchObject({ state: 'owed', decline: { code: 'card_declined' } });
    expect(await findOrder(test.runtime.db, order.id)).toMatchObject({ status: 'open' });
    const good = await showable('4242424242424242');
    expect(await pay(order, good, { triesSeen: 1 })).toMatchObject({ state: 'paid' });
    expect(await succeeded()).toHaveLength(1);
  });

  it('ends an open page first, which can then not be paid', async () => {
    const method = await showable('4242424242424242');
    const order = await full();
    const open = {
      customer,
      orderId: order.id,
      uiMode: 'embedded_page',
      acceptance: null,
    } as const;
    const { clientSecret } = await startCheckout(test.runtime, open);
    const session = clientSecret?.split('_secret_')[0] ?? '';
    expect(await pay(order, method)).toMatchObject({ state: 'paid' });
    await expect(completeSetup(test, session, '4242424242424242')).rejects.toThrow();
    expect(await succeeded()).toHaveLength(1);
    await expect(startCheckout(test.runtime, open)).rejects.toMatchObject({
      code: 'order_not_payable',
    });
  });

  it('after a declined page, and before another one, ends the intent of each', async () => {
    const method = await showable(alwaysAsks);
    const order = await full();
    const open = {
      customer,
      orderId: order.id,
      uiMode: 'embedded_page',
      acceptance: null,
    } as const;
    const first = await startCheckout(test.runtime, open);
    const firstId = first.clientSecret?.split('_secret_')[0] ?? '';
    await expect(completeSetup(test, firstId, '4000000000000002')).rejects.toThrow('declined');
    const standing = await pay(order, method);
    expect(standing.state).toBe('needs_step');
    // The shopper goes back and takes the page after all: the bank's step leads nowhere any more.
    const second = await startCheckout(test.runtime, open);
    await endChallenge(test.sandbox, standing.clientSecret ?? '', 'complete');
    expect(await payments(order)).toMatchObject([{ status: 'requires_payment_method' }]);
    const secondId = second.clientSecret?.split('_secret_')[0] ?? '';
    await completeSetup(test, secondId, '4242424242424242');
    await settlePaymentSession(test.runtime, secondId, { kind: 'stripe' });
    expect(await payments(order)).toMatchObject([{ status: 'succeeded' }]);
    expect(await succeeded()).toHaveLength(1);
  });

  it('names the card for what the plan charges later', async () => {
    const method = await showable('4242424242424242');
    const order = await orderWithPlan(test.runtime, customer, deposit);
    await expect(pay(order, method)).rejects.toMatchObject({ code: 'terms_not_accepted' });
    expect(await pay(order, method, { agreeing: true })).toMatchObject({ state: 'paid' });
    const { agreementId, status } = (await findOrder(test.runtime.db, order.id)) ?? {};
    expect(status).toBe('open');
    expect(await payments(order)).toMatchObject([
      { kind: 'deposit', status: 'succeeded' },
      { kind: 'balance', status: 'scheduled', paymentMethodId: method.id, agreementId },
    ]);
  });

  it('takes no card that was saved for one purpose only, and nobody else’s', async () => {
    const { method: limited } = await saveCard(test, 'ada', '5555555555554444');
    customer = await customerNamed(test.runtime, 'ada');
    const order = await full();
    await expect(pay(order, limited)).rejects.toMatchObject({ code: 'payment_method_not_offered' });
    const { method: eves } = await saveCard(test, 'eve', '4242424242424242');
    await expect(pay(order, eves)).rejects.toMatchObject({ code: 'not_found' });
    expect(await succeeded()).toHaveLength(0);
  });

  it('with an answer that is lost asks Stripe, and charges nothing twice', async () => {
    const method = await showable('4242424242424242');
    const order = await full();
    await test.control.fault({
      method: 'POST',
      path: '/v1/payment_intents',
      action: 'reset_after',
      times: 2,
    });
    const standing = await pay(order, method);
    expect(standing.state).toBe('asking');
    const open = {
      customer,
      orderId: order.id,
      uiMode: 'embedded_page',
      acceptance: null,
    } as const;
    await expect(startCheckout(test.runtime, open)).rejects.toMatchObject({
      code: 'payment_under_way',
    });
    await test.control.clearFaults();
    test.clock.advance(120_000);

    await resumeAttempts(test.runtime);
    expect(await look(order)).toMatchObject({ state: 'paid' });
    expect(await succeeded()).toHaveLength(1);
  });
});
