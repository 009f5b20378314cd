import { listRefunds } from '@onfile/db/tables/refunds.ts';
import { payWith, staffRefund } from '@onfile/dev-env/pay-and-refund.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { lockPayment } from '@onfile/db/tables/held-payments.ts';
import { findPayment } from '@onfile/db/tables/payments.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { beginRefund } from '../src/refunds/begin-refund.ts';
import { refundPayment } from '../src/refunds/refund-payment.ts';
import { finishOperations } from '../src/worker/finish-operations.ts';

const path = '/v1/refunds';
const minuteMs = 60_000;

describeOnBothDatabases('a refund whose answer is lost', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
  });
  afterEach(() => test.close());

  const pay = async () => (await payWith(test, '4242424242424242')).payment;
  const refunds = (paymentId: string) => listRefunds(test.runtime.db, [paymentId]);
  const atStripe = () => test.control.objects('refund');
  const break_ = (action: 'reset_before' | 'reset_after' | 'status', method = 'POST') =>
    test.control.fault({
      method,
      path,
      times: 2,
      action,
      ...(action === 'status' && { status: 500 }),
    });

  it('is found at Stripe at once when it was done', async () => {
    const payment = await pay();
    await break_('reset_after');
    const refund = await refundPayment(test.runtime, staffRefund(payment.id));
    expect(refund.status).toBe('succeeded');
    expect(await atStripe()).toHaveLength(1);
  });

  it('stays open, counts, and is finished by the worker, once', async () => {
    const payment = await pay();
    await break_('reset_before');
    await break_('status', 'GET');
    const refund = await refundPayment(test.runtime, staffRefund(payment.id));
    expect(refund).toMatchObject({ status: 'open', stripeRefundId: null });
    const rest = refundPayment(test.runtime, staffRefund(payment.id, { amount: '7.00' }));
    await expect(rest).rejects.toMatchObject({ code: 'refund_above_paid' });
    expect(await atStripe()).toEqual([]);

    test.clock.advance(minuteMs);
    await test.control.clearFaults();
    await finishOperations(test.runtime);
    await finishOperations(test.runtime);
    expect(await refunds(payment.id)).toMatchObject([{ status: 'succeeded', amountMinor: 400 }]);
    expect(await atStripe()).toHaveLength(1);
  });

  it('is made by the worker when the process died before it was sent', async () => {
    const payment = await pay();
    const { staffId, refundRequestId, note } = staffRefund(payment.id);
    await inTransaction(test.runtime.db, async (tx) => {
      const locked = await lockPayment(tx, payment.id);
      if (!locked) throw new Error('the payment is gone');
      const terms = { staffId, refundRequestId, note, amountMinor: 400, replacesRefundId: null };
      return beginRefund(tx, test.runtime, locked, { ...terms, reason: 'requested_by_customer' });
    });
    expect(await finishOperations(test.runtime)).toBe(0);
    test.clock.advance(2 * minuteMs);
    expect(await finishOperations(test.runtime)).toBe(1);
    expect(await refunds(payment.id)).toMatchObject([{ status: 'succeeded' }]);
    expect(await atStripe()).toHaveLength(1);
  });

  it('is looked for by our mark when the key is dead, and not made again', async () => {
    const payment = await pay();
    await break_('reset_after');
    await break_('status', 'GET');
    const refund = await refundPayment(test.runtime, staffRefund(payment.id));
    expect(refund.status).toBe('open');
    expect(await atStripe()).toHaveLength(1);
    test.clock.advance(25 * 60 * minuteMs);
    await test.control.clearFaults();
    await finishOperations(test.runtime);
    expect(await refunds(payment.id)).toMatchObject([{ status: 'succeeded' }]);
    expect(await atStripe()).toHaveLength(1);
  });

  it('is refused once Stripe says so, and its amount is free again', async () => {
    const payment = await pay();
    const live = await test.runtime.db
      .selectFrom('paymentIntents')
      .select('stripePaymentIntentId')
      .executeTakeFirstOrThrow();
    // In the Dashboard everything was given back; its event has not come yet.
    await test.runtime.stripe.refunds.create({ payment_intent: live.stripePaymentIntentId });
    const refund = refundPayment(test.runtime, staffRefund(payment.id));
    await expect(refund).rejects.toMatchObject({
      code: 'refund_refused',
      params: { code: 'charge_already_refunded' },
    });
    expect(await refunds(payment.id)).toMatchObject([
      { status: 'refused', failureReason: 'charge_already_refunded' },
    ]);
    expect(await atStripe()).toHaveLength(1);
    expect((await findPayment(test.runtime.db, payment.id))?.status).toBe('succeeded');
  });
});
