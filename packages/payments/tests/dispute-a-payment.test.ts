import Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import { findDisputeByStripeId, listDisputesOf } from '@onfile/db/tables/disputes.ts';
import { insertPayment, findPayment } from '@onfile/db/tables/payments.ts';
import { latestMail } from '@onfile/dev-env/latest-mail.ts';
import { payWith, staffRefund } from '@onfile/dev-env/pay-and-refund.ts';
import type { OnFile } from '@onfile/dev-env/save-card.ts';
import { staffCharge } from '@onfile/dev-env/staff-charge.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chargeSavedMethod } from '../src/charging/charge-saved-method.ts';
import { nothingPlanned } from '../src/charging/nothing-planned.ts';
import { unfreezeMethod } from '../src/disputes/unfreeze-method.ts';
import { newId } from '../src/ids.ts';
import { refundPayment } from '../src/refunds/refund-payment.ts';
import { processInbox } from '../src/webhooks/process-inbox.ts';
import { receiveStripeEvent } from '../src/webhooks/receive-stripe-event.ts';

const disputingCard = '4000000000000259';
const inquiringCard = '4000000000001976';

describeOnBothDatabases('a payment that its owner disputes', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect, webhooks: true });
  });
  afterEach(() => test.close());

  const untilDisputed = (paymentId: string) =>
    waitUntil('the dispute is known', async () => {
      await processInbox(test.runtime);
      const [dispute] = await listDisputesOf(test.runtime.db, paymentId);
      return dispute?.evidenceCollectedAt ? dispute : undefined;
    });
  const charge = (on: OnFile, amount = '5.00') =>
    chargeSavedMethod(test.runtime, staffCharge(on, { amount }));

  /** A balance that falls due in ten days, on what is on file. */
  async function owe(on: OnFile): Promise<string> {
    const now = test.clock.now();
    const row: Row<'payments'> = {
      id: newId('payment'),
      customerId: on.customer.id,
      agreementId: on.agreementId,
      orderId: null,
      paymentMethodId: on.method.id,
      kind: 'balance',
      amountMinor: 4_500,
      amountReceivedMinor: 0,
      currency: 'usd',
      reason: 'Boat trip',
      status: 'scheduled',
      dueAt: now + 10 * 24 * 3_600_000,
      chargeRequestId: null,
      createdByStaffId: null,
      duplicateOfPaymentId: null,
      createdAt: now,
      updatedAt: now,
      settledAt: null,
      ...nothingPlanned,
      nextStep: 'charge',
      nextStepReason: 'due',
      chargeAt: now + 10 * 24 * 3_600_000,
    };
    await insertPayment(test.runtime.db, row);
    return row.id;
  }

  it('is shown with its term, and staff are told once', async () => {
    const { payment } = await payWith(test, disputingCard);
    const dispute = await untilDisputed(payment.id);
    expect(dispute).toMatchObject({
      amountMinor: 1099,
      currency: 'usd',
      reason: 'fraudulent',
      status: 'needs_response',
      isRefundable: 0,
      closedAt: null,
      submittedAt: null,
    });
    expect(dispute.evidenceDueAt).toBeGreaterThan(test.clock.now());
    const mail = await latestMail(test.runtime.db, 'dispute_opened_staff', 'staff@story.test');
    expect(mail).toMatchObject({ amount: '$10.99', disputeId: dispute.id });
    const mails = await test.runtime.db
      .selectFrom('outbox')
      .select('id')
      .where('kind', '=', 'dispute_opened_staff')
      .execute();
    expect(mails).toHaveLength(1);
  });

  it('has its evidence put together from what is on record', async () => {
    const { payment, on } = await payWith(test, disputingCard);
    const dispute = await untilDisputed(payment.id);
    const evidence = JSON.parse(dispute.evidence) as Record<string, string>;
    const agreement = await test.runtime.db
      .selectFrom('agreements')
      .selectAll()
      .where('id', '=', on.agreementId)
      .executeTakeFirstOrThrow();
    expect(evidence).toMatchObject({
      customer_name: 'ada',
      customer_email_address: 'ada@example.com',
      customer_purchase_ip: '203.0.113.7',
      product_description: 'No-show on Friday',
    });
    expect(evidence['uncategorized_text']).toContain(agreement.termsHash);
    expect(evidence['uncategorized_text']).toContain(dispute.stripeChargeId);
    expect(evidence['uncategorized_text']).toContain('while the customer was away');
    expect(evidence['access_activity_log']).toContain('try 1 to collect $10.99: paid');
    expect(evidence['cancellation_policy_disclosure']).toContain('How to cancel');
    const files = await test.control.objects('file');
    expect(files.map(({ id }) => id)).toEqual(
      expect.arrayContaining([evidence['service_documentation'], evidence['receipt']]),
    );
    for (const file of files)
      expect(file).toMatchObject({ purpose: 'dispute_evidence', type: 'pdf' });
    // Nothing has gone to the bank.
    const now = await test.runtime.stripe.disputes.retrieve(dispute.stripeDisputeId);
    expect(now.evidence_details).toMatchObject({ has_evidence: false, submission_count: 0 });
  });

  it('keeps its card from being charged until staff decide', async () => {
    const { payment, on } = await payWith(test, disputingCard);
    const waiting = await owe(on);
    const dispute = await untilDisputed(payment.id);
    await expect(charge(on)).rejects.toMatchObject({
      code: 'payment_method_frozen',
      field: 'paymentMethodId',
    });
    expect(await findPayment(test.runtime.db, waiting)).toMatchObject({
      nextStep: 'staff',
      nextStepReason: 'payment_method_frozen',
      chargeAt: null,
    });
    const other = await payWith(test, '4242424242424242', { amount: '3.00' });
    expect(other.payment.status).toBe('succeeded');

    await unfreezeMethod(test.runtime, { disputeId: dispute.id, staffId: 'staff-1' });
    expect(await findPayment(test.runtime.db, waiting)).toMatchObject({ nextStep: 'charge' });
    expect(await charge(on)).toMatchObject({ kind: 'payment', payment: { status: 'succeeded' } });
  });

  it('is not refunded as well, but an inquiry may be', async () => {
    const { payment } = await payWith(test, disputingCard);
    await untilDisputed(payment.id);
    const refund = refundPayment(test.runtime, staffRefund(payment.id));
    await expect(refund).rejects.toMatchObject({ code: 'payment_disputed' });

    const asked = await payWith(test, inquiringCard, { name: 'eve' });
    const inquiry = await untilDisputed(asked.payment.id);
    expect(inquiry).toMatchObject({ status: 'warning_needs_response', isRefundable: 1 });
    const given = await refundPayment(test.runtime, staffRefund(asked.payment.id));
    expect(given.status).toBe('succeeded');
  });

  it('has evidence also where a file could not be uploaded at first', async () => {
    const { payment } = await payWith(test, '4242424242424242');
    await test.control.fault({
      method: 'POST',
      path: '/v1/files',
      times: 2,
      action: 'reset_after',
    });
    const [made] = await test.control.objects('charge');
    await test.control.dispute(String(made?.['id']), { reason: 'product_not_received' });
    await waitUntil('a first try has failed', async () => {
      await processInbox(test.runtime);
      return (await listDisputesOf(test.runtime.db, payment.id)).length > 0;
    });
    await waitUntil('the evidence is there', async () => {
      test.clock.advance(31_000);
      await processInbox(test.runtime);
      const [dispute] = await listDisputesOf(test.runtime.db, payment.id);
      return dispute?.evidenceCollectedAt;
    });
  });

  it('of somebody who is not our customer is left alone', async () => {
    const intent = await test.runtime.stripe.paymentIntents.create({
      amount: 900,
      currency: 'usd',
      payment_method: 'pm_card_createDispute',
      confirm: true,
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    });
    const { data } = await test.runtime.stripe.disputes.list({ payment_intent: intent.id });
    await waitUntil('its events are handled', async () => {
      await processInbox(test.runtime);
      return test.runtime.db
        .selectFrom('stripeEvents')
        .select('id')
        .where('type', '=', 'charge.dispute.created')
        .where('status', '=', 'handled')
        .executeTakeFirst();
    });
    const known = await findDisputeByStripeId(test.runtime.db, data[0]?.id ?? '');
    expect(known).toBeUndefined();
  });

  it('may be announced by the bank’s suspicion of fraud: staff are told once', async () => {
    const { payment } = await payWith(test, '4242424242424242');
    const [made] = await test.control.objects('charge');
    const warn = async (eventId: string) => {
      const rawBody = JSON.stringify({
        id: eventId,
        object: 'event',
        type: 'radar.early_fraud_warning.created',
        api_version: Stripe.API_VERSION,
        created: Math.floor(test.clock.now() / 1000),
        livemode: false,
        data: {
          object: {
            id: 'issfr_1',
            object: 'radar.early_fraud_warning',
            actionable: true,
            charge: made?.['id'],
            payment_intent: made?.['payment_intent'],
            fraud_type: 'unauthorized_use_of_card',
          },
        },
      });
      const signatureHeader = Stripe.webhooks.generateTestHeaderString({
        payload: rawBody,
        secret: test.runtime.settings.stripe.webhookSecrets[0] ?? '',
        timestamp: Math.floor(test.clock.now() / 1000),
      });
      await receiveStripeEvent(test.runtime, { rawBody: Buffer.from(rawBody), signatureHeader });
      await processInbox(test.runtime);
    };
    await warn('evt_warning_1');
    await warn('evt_warning_2');
    const mail = await latestMail(test.runtime.db, 'fraud_warning_staff', 'staff@story.test');
    expect(mail).toMatchObject({ amount: '$10.99', paymentId: payment.id });
    const facts = await test.runtime.db
      .selectFrom('auditLog')
      .select('id')
      .where('action', '=', 'payment.fraud_warning')
      .execute();
    expect(facts).toHaveLength(1);
  });
});
