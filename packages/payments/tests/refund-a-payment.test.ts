import { listAudit } from '@onfile/db/tables/audit-log.ts';
import { findLiveIntent } from '@onfile/db/tables/payment-intents.ts';
import { listRefunds } from '@onfile/db/tables/refunds.ts';
import { latestMail } from '@onfile/dev-env/latest-mail.ts';
import { payWith, staffRefund } from '@onfile/dev-env/pay-and-refund.ts';
import { staffCharge } from '@onfile/dev-env/staff-charge.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chargeSavedMethod } from '../src/charging/charge-saved-method.ts';
import type { StaffRefund } from '../src/refunds/refund-payment.ts';
import { refundPayment } from '../src/refunds/refund-payment.ts';
import { processInbox } from '../src/webhooks/process-inbox.ts';

const card = '4242424242424242';

describeOnBothDatabases('refunding a payment', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect, webhooks: true });
  });
  afterEach(() => test.close());

  const refund = (paymentId: string, change: Partial<StaffRefund> = {}) =>
    refundPayment(test.runtime, staffRefund(paymentId, change));
  const refused = (paymentId: string, change: Partial<StaffRefund> = {}) =>
    refund(paymentId, change).then(
      ({ status }) => status,
      (error: { code: string; field: string | null }) => `${error.code} at ${String(error.field)}`,
    );
  const refunds = (paymentId: string) => listRefunds(test.runtime.db, [paymentId]);
  const atStripe = () => test.control.objects('refund');

  it('gives back a part and then the rest, each with its reason and its note', async () => {
    const { payment } = await payWith(test, card);
    expect(await refund(payment.id)).toMatchObject({ status: 'succeeded', amountMinor: 400 });
    const [first] = await atStripe();
    expect(first).toMatchObject({ amount: 400, reason: 'requested_by_customer' });
    await refund(payment.id, { amount: '6.99', reason: 'duplicate' });
    const [charge] = await test.control.objects('charge');
    expect(charge).toMatchObject({ refunded: true, amount_refunded: 1099 });
    expect(await refused(payment.id, { amount: '0.01' })).toBe('refund_above_paid at amount');
    const facts = (await listAudit(test.runtime.db, payment.id)).map(({ action }) => action);
    expect(facts.slice(-4)).toEqual([
      'refund.requested',
      'refund.succeeded',
      'refund.requested',
      'refund.succeeded',
    ]);
  });

  it('tells the shopper once, with the note', async () => {
    const { payment, on } = await payWith(test, card);
    await refund(payment.id);
    await waitUntil('its events are here', async () => {
      await processInbox(test.runtime);
      const { total } = await test.runtime.db
        .selectFrom('stripeEvents')
        .select((eb) => eb.fn.countAll<number | string>().as('total'))
        .where('type', 'in', ['refund.created', 'charge.refunded'])
        .where('status', '=', 'handled')
        .executeTakeFirstOrThrow();
      return Number(total) >= 2;
    });
    const mails = await test.runtime.db
      .selectFrom('outbox')
      .select('kind')
      .where('kind', '=', 'refunded')
      .execute();
    expect(mails).toHaveLength(1);
    expect(await latestMail(test.runtime.db, 'refunded', on.customer.email)).toEqual({
      amount: '$4.00',
      reason: 'No-show on Friday',
      note: 'The room was not ready',
      method: 'Visa ending in 4242',
    });
    expect(await refunds(payment.id)).toHaveLength(1);
  });

  it('never gives back more than was paid, from two tabs at once', async () => {
    const { payment } = await payWith(test, card);
    const answers = await Promise.all(
      ['6.00', '6.00', '4.99'].map((amount) => refused(payment.id, { amount })),
    );
    const given = answers.filter((answer) => answer === 'succeeded').length;
    expect(given).toBeGreaterThan(0);
    const made = await atStripe();
    expect(made).toHaveLength(given);
    const total = made.reduce((sum, { amount }) => sum + Number(amount), 0);
    expect(total).toBeLessThanOrEqual(1099);
    expect(answers.filter((answer) => answer !== 'succeeded')).toEqual(
      Array.from({ length: 3 - given }, () => 'refund_above_paid at amount'),
    );
  });

  it('makes one refund of a double click and a reload', async () => {
    const { payment } = await payWith(test, card);
    const same = staffRefund(payment.id);
    const [first, second] = await Promise.all([
      refundPayment(test.runtime, same),
      refundPayment(test.runtime, same),
    ]);
    const third = await refundPayment(test.runtime, same);
    expect(new Set([first.id, second.id, third.id]).size).toBe(1);
    expect(await atStripe()).toHaveLength(1);
  });

  it('shows one that was made in the Dashboard, and counts it', async () => {
    const { payment, on } = await payWith(test, card);
    const live = await findLiveIntent(test.runtime.db, payment.id);
    await test.runtime.stripe.refunds.create({
      payment_intent: live?.stripePaymentIntentId ?? '',
      amount: 1000,
    });
    await waitUntil('the refund is known', async () => {
      await processInbox(test.runtime);
      return (await refunds(payment.id)).length > 0;
    });
    expect(await refunds(payment.id)).toMatchObject([
      { amountMinor: 1000, status: 'succeeded', requestedByStaffId: null, note: '' },
    ]);
    expect(await refused(payment.id, { amount: '1.00' })).toBe('refund_above_paid at amount');
    expect(await refused(payment.id, { amount: '0.99' })).toBe('succeeded');
    const mail = await latestMail(test.runtime.db, 'refunded', on.customer.email);
    expect(mail.amount).toBe('$0.99');
  });

  it('is refused in words for what was not paid, and for an amount that is none', async () => {
    const { payment: declined } = await payWith(test, '4000000000000341', { name: 'eve' });
    expect(await refused(declined.id)).toBe('payment_not_refundable at null');
    const { payment } = await payWith(test, card);
    expect(await refused(payment.id, { amount: '4.001' })).toBe('amount_too_precise at amount');
    expect(await refused(payment.id, { amount: '0' })).toBe('amount_malformed at amount');
    expect(await refused(payment.id, { note: '  ' })).toBe('note_missing at note');
    expect(await atStripe()).toEqual([]);
  });

  it('gives no room back under the agreement’s cap', async () => {
    const { payment, on } = await payWith(test, card, { amount: '450.00' });
    await refund(payment.id, { amount: '450.00' });
    const more = chargeSavedMethod(test.runtime, staffCharge(on, { amount: '60.00' }));
    await expect(more).rejects.toMatchObject({ code: 'agreement_cap_exceeded' });
  });
});
