import type { Row } from '@onfile/db/database.ts';
import { findOrder } from '@onfile/db/tables/orders.ts';
import { findPayment, listOrderPayments } from '@onfile/db/tables/payments.ts';
import { agree } from '@onfile/dev-env/agree.ts';
import { completeSetup } from '@onfile/dev-env/complete-setup.ts';
import { depositPaid, holdForOrder, orderWithPlan } from '@onfile/dev-env/place-order.ts';
import { customerNamed, saveCard } from '@onfile/dev-env/save-card.ts';
import { scheduleBalance } from '@onfile/dev-env/schedule-balance.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type Stripe from 'stripe';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cancelOrderRemainder } from '../src/charging/cancel-order-remainder.ts';
import { chargeDuePayments } from '../src/charging/charge-due-payments.ts';
import { skipPayment } from '../src/charging/skip-payment.ts';
import { writeOffPayment } from '../src/charging/write-off-payment.ts';
import { settlePaymentSession } from '../src/checkout/settle-payment-session.ts';
import { startCheckout } from '../src/checkout/start-checkout.ts';
import { checkInvariants } from '../src/invariants/check-invariants.ts';
import { linkForOwner } from '../src/recovery/link-for-owner.ts';
import { startRecoverySession } from '../src/recovery/start-recovery-session.ts';

const dayMs = 24 * 60 * 60 * 1000;
const card = '4242424242424242';

describeOnBothDatabases('what staff cancel or give up', (dialect) => {
  let test: TestRuntime;
  let customer: Row<'customers'>;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
    customer = await customerNamed(test.runtime, 'ada');
  });
  afterEach(async () => {
    const broken = (await checkInvariants(test.runtime)).filter((one) => one.broken.length > 0);
    expect(broken).toEqual([]);
    await test.close();
  });

  const ask = (paymentId: string) => ({ paymentId, staffId: 'staff-1', reason: 'Rain all week' });
  const askOrder = (orderId: string | null) => ({
    orderId: orderId ?? '',
    staffId: 'staff-1',
    reason: 'The cabin burned down',
  });
  const now = (payment: Row<'payments'>) => findPayment(test.runtime.db, payment.id);
  const orderOf = (payment: Row<'payments'>) => findOrder(test.runtime.db, payment.orderId ?? '');
  const intents = async () =>
    (await test.control.objects('payment_intent')) as unknown as Stripe.PaymentIntent[];

  async function passDays(days: number): Promise<void> {
    test.clock.advance(days * dayMs);
    while ((await chargeDuePayments(test.runtime)) > 0);
  }

  /** An order that is to be paid now, with Stripe's page open for it. */
  async function openOrder(): Promise<{ payment: Row<'payments'>; session: string }> {
    const order = await orderWithPlan(test.runtime, customer, { kind: 'full' });
    const [payment] = await listOrderPayments(test.runtime.db, order.id);
    if (!payment) throw new Error('the order owes nothing');
    const start = { customer, orderId: order.id, uiMode: 'embedded_page' } as const;
    const { clientSecret } = await startCheckout(test.runtime, { ...start, acceptance: null });
    return { payment, session: clientSecret?.split('_secret_')[0] ?? '' };
  }

  it('a waived balance is never charged, and its order is paid with the deposit', async () => {
    const balance = await depositPaid(test, customer, card);
    expect(await skipPayment(test.runtime, ask(balance.id))).toMatchObject({
      status: 'canceled',
      nextStep: null,
    });
    expect(await orderOf(balance)).toMatchObject({ status: 'paid' });
    await passDays(70);
    expect(await now(balance)).toMatchObject({ status: 'canceled', amountReceivedMinor: 0 });
    await expect(skipPayment(test.runtime, ask(balance.id))).rejects.toMatchObject({
      code: 'payment_settled',
    });
  });

  it('an order of which nothing is owed any more goes on', async () => {
    const { payment, session } = await openOrder();
    await skipPayment(test.runtime, ask(payment.id));
    expect(await orderOf(payment)).toMatchObject({ status: 'open' });
    expect(await test.runtime.stripe.checkout.sessions.retrieve(session)).toMatchObject({
      status: 'expired',
    });
  });

  it('a shopper who pays faster than staff waive is settled, not canceled', async () => {
    const { payment, session } = await openOrder();
    await completeSetup(test, session, card);
    await expect(skipPayment(test.runtime, ask(payment.id))).rejects.toMatchObject({
      code: 'payment_settled',
    });
    expect(await now(payment)).toMatchObject({ status: 'succeeded' });
    expect(await orderOf(payment)).toMatchObject({ status: 'paid' });
  });

  it('a process that dies between pausing and canceling leaves it paused, never charged', async () => {
    const on = await saveCard(test, 'ada', card);
    const owed = await scheduleBalance(test.runtime, on);
    const link = { customerId: customer.id, paymentId: owed.id };
    const token = await linkForOwner(test.runtime, link);
    await startRecoverySession(test.runtime, { token, uiMode: 'embedded_page', keep: false });
    await test.control.fault({
      method: 'POST',
      path: '/v1/checkout/sessions/*/expire',
      times: 5,
      action: 'reset_before',
    });
    await expect(skipPayment(test.runtime, ask(owed.id))).rejects.toMatchObject({
      code: 'stripe_unavailable',
    });
    expect(await now(owed)).toMatchObject({ nextStep: 'staff', nextStepReason: 'paused' });
    await passDays(11);
    expect(await now(owed)).toMatchObject({ status: 'scheduled' });
    expect(await intents()).toHaveLength(0);
    await test.control.clearFaults();
    expect(await skipPayment(test.runtime, ask(owed.id))).toMatchObject({ status: 'canceled' });
  });

  it('a declined amount is waived with its intent, which nobody can confirm any more', async () => {
    const balance = await depositPaid(test, customer, card);
    await test.control.bank({ outcome: 'insufficient_funds', advice_code: 'try_again_later' });
    await passDays(47);
    expect(await now(balance)).toMatchObject({ status: 'requires_payment_method' });
    await skipPayment(test.runtime, ask(balance.id));
    expect((await intents()).map(({ status }) => status).sort()).toEqual(['canceled', 'succeeded']);
    expect(await now(balance)).toMatchObject({ status: 'canceled' });
  });

  it('what is left of an order is canceled; the deposit stays paid', async () => {
    const balance = await depositPaid(test, customer, card);
    await cancelOrderRemainder(test.runtime, askOrder(balance.orderId));
    expect(await now(balance)).toMatchObject({ status: 'canceled' });
    expect(await orderOf(balance)).toMatchObject({ status: 'paid' });
    await expect(
      cancelOrderRemainder(test.runtime, askOrder(balance.orderId)),
    ).rejects.toMatchObject({ code: 'order_ended' });
  });

  it('an order of which nothing was paid is canceled, and its page is ended', async () => {
    const { payment, session } = await openOrder();
    await cancelOrderRemainder(test.runtime, askOrder(payment.orderId));
    expect(await orderOf(payment)).toMatchObject({ status: 'canceled' });
    await expect(completeSetup(test, session, card)).rejects.toThrow();
    await settlePaymentSession(test.runtime, session, { kind: 'stripe' });
    expect(await now(payment)).toMatchObject({ status: 'canceled' });
    const again = {
      customer,
      orderId: payment.orderId ?? '',
      uiMode: 'embedded_page',
      acceptance: await agree(test.runtime),
    } as const;
    await expect(startCheckout(test.runtime, again)).rejects.toMatchObject({
      code: 'order_not_payable',
    });
  });

  it('a reservation that owes nothing yet is canceled as well', async () => {
    const plan = { kind: 'card_kept', feePercent: 50, freeCancellationHours: 24 } as const;
    const order = await orderWithPlan(test.runtime, customer, plan);
    await cancelOrderRemainder(test.runtime, askOrder(order.id));
    expect(await findOrder(test.runtime.db, order.id)).toMatchObject({ status: 'canceled' });
  });

  it('funds that are held are captured or released first', async () => {
    const { orderId } = await holdForOrder(test, customer);
    await expect(cancelOrderRemainder(test.runtime, askOrder(orderId))).rejects.toMatchObject({
      code: 'order_holds_funds',
    });
  });

  it('an amount that is written off stays payable by link, and is not news to staff', async () => {
    const on = await saveCard(test, 'ada', card);
    const owed = await scheduleBalance(test.runtime, on);
    await expect(writeOffPayment(test.runtime, ask(owed.id))).rejects.toMatchObject({
      code: 'payment_not_due',
    });
    await test.control.bank({ outcome: 'stolen_card' });
    await passDays(11);
    expect(await writeOffPayment(test.runtime, ask(owed.id))).toMatchObject({
      status: 'uncollectible',
      nextStep: null,
      nextStepReason: 'written_off',
    });
    const mails = await test.runtime.db.selectFrom('outbox').select('kind').execute();
    expect(mails.map(({ kind }) => kind)).not.toContain('payment_given_up_staff');
    const link = { customerId: customer.id, paymentId: owed.id };
    const token = await linkForOwner(test.runtime, link);
    const start = { token, uiMode: 'embedded_page', keep: false } as const;
    const { clientSecret } = await startRecoverySession(test.runtime, start);
    const session = clientSecret?.split('_secret_')[0] ?? '';
    await completeSetup(test, session, card);
    await settlePaymentSession(test.runtime, session, { kind: 'stripe' });
    expect(await now(owed)).toMatchObject({ status: 'succeeded' });
  });

  it('what was written off can still be waived for good', async () => {
    const on = await saveCard(test, 'ada', card);
    const owed = await scheduleBalance(test.runtime, on);
    await test.control.bank({ outcome: 'stolen_card' });
    await passDays(11);
    await writeOffPayment(test.runtime, ask(owed.id));
    expect(await skipPayment(test.runtime, ask(owed.id))).toMatchObject({ status: 'canceled' });
  });
});
