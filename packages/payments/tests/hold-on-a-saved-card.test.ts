import type { Row } from '@onfile/db/database.ts';
import { findPayment, listOrderPayments } from '@onfile/db/tables/payments.ts';
import { agree } from '@onfile/dev-env/agree.ts';
import { completeSetup } from '@onfile/dev-env/complete-setup.ts';
import { orderWithPlan } from '@onfile/dev-env/place-order.ts';
import { customerNamed } from '@onfile/dev-env/save-card.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import type Stripe from 'stripe';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withdrawAgreement } from '../src/agreements/withdraw-agreement.ts';
import { chargeDuePayments } from '../src/charging/charge-due-payments.ts';
import { getCheckoutResult } from '../src/checkout/get-checkout-result.ts';
import { keepCardForOrder } from '../src/checkout/keep-card-for-order.ts';
import { endHeldPayment } from '../src/holds/end-held-payment.ts';
import type { EndHeldPayment } from '../src/holds/end-held-payment.ts';
import { processInbox } from '../src/webhooks/process-inbox.ts';
import { finishOperations } from '../src/worker/finish-operations.ts';

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;

describeOnBothDatabases('a hold on a saved card', (dialect) => {
  let test: TestRuntime;
  let customer: Row<'customers'>;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect, webhooks: true });
    customer = await customerNamed(test.runtime, 'ada');
  });
  afterEach(() => test.close());

  /** A camera was booked, its day has come, and the amount is held on the card on file. */
  async function held(): Promise<Row<'payments'>> {
    const plan = { kind: 'hold', daysBefore: 1 } as const;
    const price = { amountMinor: 25_000, currency: 'usd' };
    const order = await orderWithPlan(test.runtime, customer, plan, price);
    const started = await keepCardForOrder(test.runtime, {
      customer,
      orderId: order.id,
      uiMode: 'elements',
      acceptance: await agree(test.runtime),
    });
    const secret = 'clientSecret' in started ? started.clientSecret : '';
    const stripeSessionId = secret.split('_secret_')[0] ?? '';
    await completeSetup(test, stripeSessionId, '4242424242424242');
    const ask = { customerId: customer.id, orderId: order.id, stripeSessionId };
    expect(await getCheckoutResult(test.runtime, ask)).toEqual({ state: 'kept' });
    const [planned] = await listOrderPayments(test.runtime.db, order.id);
    expect(planned).toMatchObject({ kind: 'hold', status: 'scheduled', nextStep: 'charge' });
    test.clock.advance((planned?.dueAt ?? 0) - test.runtime.clock.now() + 1_000);
    while ((await chargeDuePayments(test.runtime)) > 0);
    return now(planned?.id ?? '');
  }

  async function now(paymentId: string): Promise<Row<'payments'>> {
    const row = await findPayment(test.runtime.db, paymentId);
    if (!row) throw new Error('the payment is gone');
    return row;
  }

  const end = (payment: Row<'payments'>, change: Partial<EndHeldPayment> = {}) =>
    endHeldPayment(test.runtime, {
      paymentId: payment.id,
      staffId: 'staff-1',
      how: 'capture',
      amount: null,
      reason: 'A lens was scratched',
      ...change,
    });

  const intents = async () =>
    (await test.control.objects('payment_intent')) as unknown as Stripe.PaymentIntent[];
  const mails = async () =>
    (await test.runtime.db.selectFrom('outbox').select('kind').execute()).map(({ kind }) => kind);

  it('takes nothing, and says until when: less than five days, since nobody was there', async () => {
    const payment = await held();
    expect(payment).toMatchObject({ status: 'requires_capture', amountReceivedMinor: 0 });
    const left = (payment.captureBefore ?? 0) - test.runtime.clock.now();
    expect(left).toBeGreaterThan(4 * dayMs);
    expect(left).toBeLessThanOrEqual(4 * dayMs + 18 * hourMs);
    expect(await intents()).toMatchObject([{ status: 'requires_capture', amount_received: 0 }]);
    expect(await mails()).toContain('hold_placed');
  });

  it('is captured in part, with a reason that the shopper reads; the rest is let go', async () => {
    const payment = await held();
    await expect(end(payment, { reason: '  ' })).rejects.toMatchObject({ code: 'reason_missing' });
    await expect(end(payment, { amount: '250.01' })).rejects.toMatchObject({
      code: 'capture_above_hold',
      params: { held: '$250.00' },
    });
    await end(payment, { amount: '80.50' });
    expect(await now(payment.id)).toMatchObject({
      status: 'succeeded',
      amountReceivedMinor: 8_050,
      reason: 'A lens was scratched',
    });
    expect(await intents()).toMatchObject([{ status: 'succeeded', amount_received: 8_050 }]);
    const receipt = await test.runtime.db
      .selectFrom('outbox')
      .select('data')
      .where('kind', '=', 'payment_charged')
      .executeTakeFirstOrThrow();
    expect(JSON.parse(receipt.data)).toMatchObject({ amount: '$80.50' });
    await expect(end(payment, { how: 'release' })).rejects.toMatchObject({
      code: 'order_not_held',
    });
  });

  it('is let go, and both members of staff who end it at once end it in one way', async () => {
    const payment = await held();
    const both = await Promise.allSettled([end(payment), end(payment, { how: 'release' })]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(['succeeded', 'canceled']).toContain((await now(payment.id)).status);
  });

  it('is ended by the worker when the answer was lost, and once', async () => {
    const payment = await held();
    await test.control.fault({
      method: 'POST',
      path: '/v1/payment_intents/*/capture',
      action: 'reset_after',
      times: 2,
    });
    await expect(end(payment, { amount: '10.00' })).rejects.toMatchObject({
      code: 'stripe_unavailable',
    });
    await test.control.clearFaults();
    test.clock.advance(600_000);
    await finishOperations(test.runtime);
    expect(await now(payment.id)).toMatchObject({
      status: 'succeeded',
      amountReceivedMinor: 1_000,
    });
  });

  it('that runs out at the bank ends, and cannot be captured any more', async () => {
    const payment = await held();
    await test.control.advanceClock(6 * 86_400);
    await waitUntil('the end of the hold is known here', async () => {
      await processInbox(test.runtime);
      return (await now(payment.id)).status === 'canceled';
    });
    expect(await mails()).toContain('hold_released');
    await expect(end(payment)).rejects.toMatchObject({ code: 'order_not_held' });
  });

  it('is let go within a day of the withdrawal of its agreement', async () => {
    const payment = await held();
    const agreementId = payment.agreementId ?? '';
    await withdrawAgreement(test.runtime, { customerId: customer.id, agreementId });
    await finishOperations(test.runtime);
    expect(await now(payment.id)).toMatchObject({ status: 'requires_capture' });
    test.clock.advance(24 * hourMs + 1_000);
    await finishOperations(test.runtime);
    expect(await now(payment.id)).toMatchObject({ status: 'canceled' });
    expect(await intents()).toMatchObject([{ status: 'canceled' }]);
  });

  it('can be captured until then, for what was agreed to', async () => {
    const payment = await held();
    const agreementId = payment.agreementId ?? '';
    await withdrawAgreement(test.runtime, { customerId: customer.id, agreementId });
    await end(payment, { amount: '40.00' });
    test.clock.advance(25 * hourMs);
    await finishOperations(test.runtime);
    expect(await now(payment.id)).toMatchObject({
      status: 'succeeded',
      amountReceivedMinor: 4_000,
    });
  });
});
