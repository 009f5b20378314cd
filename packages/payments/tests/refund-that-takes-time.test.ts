import { listRefunds } from '@onfile/db/tables/refunds.ts';
import { latestMail } from '@onfile/dev-env/latest-mail.ts';
import { payWith, staffRefund } from '@onfile/dev-env/pay-and-refund.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newId } from '../src/ids.ts';
import { cancelRefund } from '../src/refunds/cancel-refund.ts';
import { isOwed } from '../src/refunds/is-owed.ts';
import { refundAgain } from '../src/refunds/refund-again.ts';
import { refundPayment } from '../src/refunds/refund-payment.ts';
import { settleOtherwise } from '../src/refunds/settle-otherwise.ts';
import { processInbox } from '../src/webhooks/process-inbox.ts';

const pendingCard = '4000000000007726';
const failingCard = '4000000000005126';

describeOnBothDatabases('a refund that takes its time', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect, webhooks: true });
  });
  afterEach(() => test.close());

  const refunds = (paymentId: string) => listRefunds(test.runtime.db, [paymentId]);
  const untilStatus = (paymentId: string, status: string) =>
    waitUntil(`a refund is ${status}`, async () => {
      await processInbox(test.runtime);
      return (await refunds(paymentId)).find((refund) => refund.status === status);
    });

  /** A refund that seemed to succeed, and came back from the bank. */
  async function failedRefund() {
    const { payment } = await payWith(test, failingCard);
    const refund = await refundPayment(test.runtime, staffRefund(payment.id));
    expect(refund.status).toBe('succeeded');
    test.clock.advance(6_000);
    return untilStatus(payment.id, 'failed');
  }
  const owed = async (paymentId: string) => {
    const all = await refunds(paymentId);
    return all.filter((refund) => isOwed(refund, all)).map(({ id }) => id);
  };

  it('is pending first, counts as given, and then succeeds by its event', async () => {
    const { payment, on } = await payWith(test, pendingCard);
    const refund = await refundPayment(test.runtime, staffRefund(payment.id, { amount: '10.00' }));
    expect(refund.status).toBe('pending');
    const more = refundPayment(test.runtime, staffRefund(payment.id, { amount: '1.00' }));
    await expect(more).rejects.toMatchObject({ code: 'refund_above_paid' });
    test.clock.advance(6_000);
    await untilStatus(payment.id, 'succeeded');
    expect(await refunds(payment.id)).toHaveLength(1);
    expect((await latestMail(test.runtime.db, 'refunded', on.customer.email)).amount).toBe(
      '$10.00',
    );
  });

  it('can be called back while it is pending, and not afterwards', async () => {
    const { payment } = await payWith(test, pendingCard);
    const first = await refundPayment(test.runtime, staffRefund(payment.id));
    await cancelRefund(test.runtime, { refundId: first.id, staffId: 'staff-1' });
    expect(await refunds(payment.id)).toMatchObject([{ status: 'canceled' }]);

    const all = await refundPayment(test.runtime, staffRefund(payment.id, { amount: '10.99' }));
    test.clock.advance(6_000);
    // Here it still looks pending; at Stripe it has gone out.
    const late = cancelRefund(test.runtime, { refundId: all.id, staffId: 'staff-1' });
    await expect(late).rejects.toMatchObject({ code: 'refund_not_cancelable' });
    expect((await refunds(payment.id)).map(({ status }) => status)).toEqual([
      'canceled',
      'succeeded',
    ]);
  });

  it('that fails after all is owed to the shopper, and staff are told', async () => {
    const failed = await failedRefund();
    expect(failed.failureReason).toBe('expired_or_canceled_card');
    expect(await owed(failed.paymentId)).toEqual([failed.id]);
    const mail = await latestMail(test.runtime.db, 'refund_failed_staff', 'staff@story.test');
    expect(mail).toMatchObject({ amount: '$4.00', paymentId: failed.paymentId });
  });

  it('can be tried again: then the new one is what is owed, if it fails too', async () => {
    const failed = await failedRefund();
    const ask = { staffId: 'staff-1', refundId: failed.id };
    const again = await refundAgain(test.runtime, {
      ...ask,
      refundRequestId: newId('refundRequest'),
    });
    expect(again).toMatchObject({ amountMinor: 400, note: failed.note, status: 'succeeded' });
    expect(await owed(failed.paymentId)).toEqual([]);
    const twice = refundAgain(test.runtime, { ...ask, refundRequestId: newId('refundRequest') });
    await expect(twice).rejects.toMatchObject({ code: 'refund_not_owed' });
    test.clock.advance(6_000);
    await waitUntil('it has failed too', async () => {
      await processInbox(test.runtime);
      return (await owed(failed.paymentId)).includes(again.id);
    });
    expect(await owed(failed.paymentId)).toEqual([again.id]);
  });

  it('can be settled in another way, with a word on how, once', async () => {
    const failed = await failedRefund();
    const ask = { refundId: failed.id, staffId: 'staff-1' };
    await expect(settleOtherwise(test.runtime, { ...ask, note: ' ' })).rejects.toMatchObject({
      code: 'note_missing',
    });
    await settleOtherwise(test.runtime, { ...ask, note: 'By bank transfer' });
    expect(await owed(failed.paymentId)).toEqual([]);
    await expect(settleOtherwise(test.runtime, { ...ask, note: 'Cash' })).rejects.toMatchObject({
      code: 'refund_not_owed',
    });
  });
});
