import { agree } from '@onfile/dev-env/agree.ts';
import { completeSetup, testAccounts } from '@onfile/dev-env/complete-setup.ts';
import { endChallenge } from '@onfile/dev-env/confirm-intent.ts';
import { orderWithPlan } from '@onfile/dev-env/place-order.ts';
import { scheduleBalance } from '@onfile/dev-env/schedule-balance.ts';
import { saveCard } from '@onfile/dev-env/save-card.ts';
import type { OnFile } from '@onfile/dev-env/save-card.ts';
import { staffCharge } from '@onfile/dev-env/staff-charge.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { agreementNamesMethod } from '@onfile/db/tables/agreements.ts';
import { findCustomer } from '@onfile/db/tables/customers.ts';
import { findPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { findPayment } from '@onfile/db/tables/payments.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chargePayment } from '../src/charging/charge-payment.ts';
import { chargeSavedMethod } from '../src/charging/charge-saved-method.ts';
import { lookAtOrder } from '../src/checkout/look-at-order.ts';
import { payWithSavedMethod } from '../src/checkout/pay-with-saved-method.ts';
import { settlePaymentSession } from '../src/checkout/settle-payment-session.ts';
import { startCheckout } from '../src/checkout/start-checkout.ts';
import { detachPaymentMethod } from '../src/payment-methods/detach-payment-method.ts';
import { mergePaymentMethods } from '../src/payment-methods/merge-payment-methods.ts';
import { renamePaymentMethod } from '../src/payment-methods/rename-payment-method.ts';
import { setDefaultPaymentMethod } from '../src/payment-methods/set-default-payment-method.ts';
import { processInbox } from '../src/webhooks/process-inbox.ts';
import { finishOperations } from '../src/worker/finish-operations.ts';

describeOnBothDatabases('a card that something depends on', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect, webhooks: true });
  });
  afterEach(() => test.close());

  const scheduled = async (on: OnFile) => (await scheduleBalance(test.runtime, on)).id;

  /** What was mailed since the cards were saved. */
  const mailKinds = async () =>
    (
      await test.runtime.db
        .selectFrom('outbox')
        .select('kind')
        .where('kind', '!=', 'method_saved')
        .orderBy('kind')
        .execute()
    ).map(({ kind }) => kind);

  it('hands its agreements, its payments and the default to the one chosen instead', async () => {
    const { runtime } = test;
    const on = await saveCard(test, 'ada', '4242424242424242');
    const other = await saveCard(test, 'ada', '5555555555554444');
    const paymentId = await scheduled(on);
    const own = { customerId: on.customer.id };
    await setDefaultPaymentMethod(runtime, { ...own, paymentMethodId: on.method.id });

    await detachPaymentMethod(runtime, {
      ...own,
      paymentMethodId: on.method.id,
      replacementId: other.method.id,
    });

    expect(await agreementNamesMethod(runtime.db, on.agreementId, other.method.id)).toBe(true);
    expect(await findPayment(runtime.db, paymentId)).toMatchObject({
      paymentMethodId: other.method.id,
      status: 'scheduled',
    });
    expect((await findCustomer(runtime.db, own.customerId))?.defaultPaymentMethodId).toBe(
      other.method.id,
    );
    expect(await mailKinds()).toEqual(['method_removed']);
  });

  it('takes nobody else’s card and no removed one in its place', async () => {
    const { runtime } = test;
    const on = await saveCard(test, 'ada', '4242424242424242');
    const eve = await saveCard(test, 'eve', '5555555555554444');
    const removal = { customerId: on.customer.id, paymentMethodId: on.method.id };
    for (const replacementId of [eve.method.id, on.method.id, 'meth_none']) {
      await expect(
        detachPaymentMethod(runtime, { ...removal, replacementId }),
      ).rejects.toMatchObject({ code: 'replacement_not_usable' });
    }
    expect(await findPaymentMethod(runtime.db, on.method.id)).toMatchObject({ status: 'attached' });
  });

  it('hands a dollar balance to no account that is debited in euros', async () => {
    const { runtime } = test;
    const on = await saveCard(test, 'ada', '4242424242424242');
    await scheduled(on);
    const { customer } = on;
    const plan = { kind: 'deposit', depositPercent: 30, balanceDaysBefore: 14 } as const;
    const price = { amountMinor: 20_000, currency: 'eur' };
    const order = await orderWithPlan(runtime, customer, plan, price);
    const { clientSecret } = await startCheckout(runtime, {
      customer,
      orderId: order.id,
      uiMode: 'elements',
      acceptance: await agree(runtime),
    });
    const session = clientSecret?.split('_secret_')[0] ?? '';
    await completeSetup(test, session, testAccounts.sepa);
    await settlePaymentSession(runtime, session, { kind: 'stripe' });
    const account = await runtime.db
      .selectFrom('paymentMethods')
      .select('id')
      .where('type', '=', 'sepa_debit')
      .executeTakeFirstOrThrow();
    const removal = { customerId: customer.id, paymentMethodId: on.method.id };
    await expect(
      detachPaymentMethod(runtime, { ...removal, replacementId: account.id }),
    ).rejects.toMatchObject({ code: 'replacement_not_usable' });
    expect(await findPaymentMethod(runtime.db, on.method.id)).toMatchObject({ status: 'attached' });
  });

  it('removed in Stripe’s Dashboard leaves its payment waiting, and both sides get a mail', async () => {
    const { runtime } = test;
    const on = await saveCard(test, 'ada', '4242424242424242');
    const paymentId = await scheduled(on);
    await runtime.stripe.paymentMethods.detach(on.method.stripePaymentMethodId);
    await waitUntil('the removal is known here', async () => {
      await processInbox(runtime);
      return (await findPaymentMethod(runtime.db, on.method.id))?.status === 'detached';
    });
    expect(await findPayment(runtime.db, paymentId)).toMatchObject({
      paymentMethodId: null,
      status: 'scheduled',
    });
    expect(await mailKinds()).toEqual(['method_needed', 'method_needed_staff', 'method_removed']);
  });

  it('saved a second time becomes one: the newer entry takes over, the spare is detached', async () => {
    const { runtime } = test;
    const on = await saveCard(test, 'ada', '4242424242424242');
    const paymentId = await scheduled(on);
    const own = { customerId: on.customer.id };
    await renamePaymentMethod(runtime, { ...own, paymentMethodId: on.method.id, nickname: 'Work' });
    const again = await saveCard(test, 'ada', '4242424242424242');
    expect(again.method.id).not.toBe(on.method.id);
    expect(await agreementNamesMethod(runtime.db, on.agreementId, again.method.id)).toBe(true);
    expect((await findPayment(runtime.db, paymentId))?.paymentMethodId).toBe(again.method.id);
    expect(await findPaymentMethod(runtime.db, again.method.id)).toMatchObject({
      nickname: 'Work',
      status: 'attached',
    });
    await finishOperations(runtime);
    expect(await findPaymentMethod(runtime.db, on.method.id)).toMatchObject({
      status: 'detached',
      mergedIntoId: again.method.id,
    });
    const atStripe = await runtime.stripe.paymentMethods.retrieve(on.method.stripePaymentMethodId);
    expect(atStripe.customer).toBeNull();
  });

  it('is not merged while a charge with it is under way, but when that has ended', async () => {
    const { runtime } = test;
    const on = await saveCard(test, 'ada', '4242424242424242');
    await test.control.fault({
      method: 'POST',
      path: '/v1/payment_intents',
      times: 2,
      action: 'reset_before',
    });
    const charged = await chargeSavedMethod(runtime, staffCharge(on));
    if (charged.kind !== 'payment') throw new Error('taken for a duplicate');
    await saveCard(test, 'ada', '4242424242424242');
    expect(await mergePaymentMethods(runtime)).toBe(0);
    expect(await findPaymentMethod(runtime.db, on.method.id)).toMatchObject({
      status: 'attached',
    });
    await runtime.db
      .updateTable('attempts')
      .set({ status: 'rejected' })
      .where('paymentId', '=', charged.payment.id)
      .execute();
    expect(await mergePaymentMethods(runtime)).toBe(1);
    expect(await findPaymentMethod(runtime.db, on.method.id)).toMatchObject({
      status: 'detaching',
    });
  });

  it('is not merged while its shopper is at the bank’s step', async () => {
    const { runtime } = test;
    const on = await saveCard(test, 'ada', '4000002760003184', { redisplay: true });
    const { customer } = on;
    const { id: orderId } = await orderWithPlan(runtime, customer, { kind: 'full' });
    const pay = { customer, orderId, paymentMethodId: on.method.id, triesSeen: 0 };
    const standing = await payWithSavedMethod(runtime, { ...pay, acceptance: null });
    expect(standing.state).toBe('needs_step');
    await saveCard(test, 'ada', '4000002760003184');
    expect(await findPaymentMethod(runtime.db, on.method.id)).toMatchObject({ status: 'attached' });
    await endChallenge(test.sandbox, standing.clientSecret ?? '', 'complete');
    expect(await lookAtOrder(runtime, { customerId: customer.id, orderId })).toMatchObject({
      state: 'paid',
    });
    expect(await mergePaymentMethods(runtime)).toBe(1);
  });

  it('that was refused for good is not charged again because it was saved again', async () => {
    const { runtime } = test;
    const on = await saveCard(test, 'ada', '4242424242424242');
    const { id } = await scheduleBalance(runtime, on, { inDays: 0 });
    await test.control.bank({ outcome: 'stolen_card' });
    await chargePayment(runtime, id, { kind: 'worker' });
    const refused = { nextStep: 'shopper', nextStepReason: 'stolen_card' };
    expect(await findPayment(runtime.db, id)).toMatchObject(refused);
    const again = await saveCard(test, 'ada', '4242424242424242');
    expect(await findPayment(runtime.db, id)).toMatchObject({
      ...refused,
      paymentMethodId: again.method.id,
    });
  });

  it('that was refused for a while is not tried sooner because it was saved for something else', async () => {
    const { runtime } = test;
    const on = await saveCard(test, 'ada', '4242424242424242');
    const paymentId = await scheduled(on);
    test.clock.advance(11 * 24 * 60 * 60 * 1000);
    await test.control.bank({ outcome: 'insufficient_funds' });
    await chargePayment(runtime, paymentId, { kind: 'worker' });
    const before = await findPayment(runtime.db, paymentId);
    expect(before).toMatchObject({ nextStep: 'charge', nextStepReason: 'insufficient_funds' });
    const again = await saveCard(test, 'ada', '4242424242424242');
    expect(await findPayment(runtime.db, paymentId)).toMatchObject({
      paymentMethodId: again.method.id,
      nextStepReason: 'insufficient_funds',
      chargeAt: before?.chargeAt,
      triesMade: before?.triesMade,
    });
  });

  it('keeps a short name, and no control characters in it', async () => {
    const { runtime } = test;
    const on = await saveCard(test, 'ada', '4242424242424242');
    const rename = (nickname: string) =>
      renamePaymentMethod(runtime, {
        customerId: on.customer.id,
        paymentMethodId: on.method.id,
        nickname,
      });
    await expect(rename('x'.repeat(41))).rejects.toMatchObject({ code: 'nickname_too_long' });
    await rename(' Family\r\ncard ');
    expect((await findPaymentMethod(runtime.db, on.method.id))?.nickname).toBe('Family card');
    await rename('  ');
    expect((await findPaymentMethod(runtime.db, on.method.id))?.nickname).toBeNull();
  });
});
