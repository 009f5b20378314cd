import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { eventTypes, moveClock } from './money.ts';
import { offSessionCharge, openSandbox, refusal, saveCard } from './open-sandbox.ts';
import type { Opened } from './open-sandbox.ts';

let opened: Opened;
let stripe: Stripe;
beforeAll(async () => {
  opened = await openSandbox();
  stripe = opened.stripe;
});
afterAll(async () => {
  await opened.sandbox.close();
});

async function pay(template: string): Promise<Stripe.PaymentIntent> {
  return stripe.paymentIntents.create({
    ...offSessionCharge(await saveCard(stripe, template)),
    amount: 5000,
  });
}

async function disputeOf(intentId: string): Promise<Stripe.Dispute> {
  const { data } = await stripe.disputes.list({ payment_intent: intentId });
  const [dispute] = data;
  if (dispute === undefined) throw new Error('There is no dispute.');
  return dispute;
}

describe('a refund', () => {
  test('succeeds at once and takes the money out of the balance', async () => {
    const intent = await pay('pm_card_visa');
    const refund = await stripe.refunds.create({
      payment_intent: intent.id,
      reason: 'requested_by_customer',
      metadata: { why: 'late' },
      expand: ['balance_transaction'],
    });
    expect(refund).toMatchObject({
      status: 'succeeded',
      amount: 5000,
      balance_transaction: { amount: -5000, type: 'refund', source: refund.id },
    });
    expect((await eventTypes(stripe, intent.id)).slice(-2)).toEqual([
      'refund.created',
      'charge.refunded',
    ]);
    const changed = await stripe.refunds.update(refund.id, { metadata: { why: '' } });
    expect(changed.metadata).toEqual({});
    const canceled = await refusal(stripe.refunds.cancel(refund.id));
    expect(canceled.statusCode).toBe(400);
    const listed = await stripe.refunds.list({ charge: intent.latest_charge as string });
    expect(listed.data.map(({ id }) => id)).toEqual([refund.id]);
  });

  test('of …7726 is pending first', async () => {
    const intent = await pay('pm_card_pendingRefund');
    const refund = await stripe.refunds.create({ payment_intent: intent.id });
    expect(refund.status).toBe('pending');
    await moveClock(opened, 6);
    expect((await stripe.refunds.retrieve(refund.id)).status).toBe('succeeded');
    expect((await eventTypes(stripe, intent.id)).slice(-2)).toEqual([
      'refund.updated',
      'charge.refund.updated',
    ]);
  });

  test('of …7726 can be called back while it is pending', async () => {
    const intent = await pay('pm_card_pendingRefund');
    const refund = await stripe.refunds.create({ payment_intent: intent.id });
    expect((await stripe.refunds.cancel(refund.id)).status).toBe('canceled');
    const charge = await stripe.charges.retrieve(intent.latest_charge as string);
    expect(charge).toMatchObject({ refunded: false, amount_refunded: 0 });
  });

  test('of …5126 fails after it seemed to have succeeded, and the charge owes it again', async () => {
    const intent = await pay('pm_card_refundFail');
    const refund = await stripe.refunds.create({ payment_intent: intent.id, amount: 2000 });
    expect(refund.status).toBe('succeeded');
    await moveClock(opened, 6);
    const failed = await stripe.refunds.retrieve(refund.id, {
      expand: ['failure_balance_transaction'],
    });
    expect(failed).toMatchObject({
      status: 'failed',
      failure_reason: 'expired_or_canceled_card',
      failure_balance_transaction: { amount: 2000, type: 'refund_failure' },
    });
    const charge = await stripe.charges.retrieve(intent.latest_charge as string);
    expect(charge).toMatchObject({ amount_refunded: 0, refunded: false });
    expect((await eventTypes(stripe, intent.id)).slice(-3)).toEqual([
      'refund.failed',
      'refund.updated',
      'charge.refund.updated',
    ]);
  });

  test('of a held payment says to cancel it instead', async () => {
    const held = await stripe.paymentIntents.create({
      ...offSessionCharge(await saveCard(stripe, 'pm_card_visa')),
      capture_method: 'manual',
    });
    const error = await refusal(stripe.refunds.create({ payment_intent: held.id }));
    expect({ status: error.statusCode, code: error.code, param: error.param }).toEqual({
      status: 400,
      code: undefined,
      param: undefined,
    });
  });
});

describe('a dispute', () => {
  test('of …0259 takes the money and a fee away, and no refund is possible', async () => {
    const intent = await pay('pm_card_createDispute');
    const dispute = await disputeOf(intent.id);
    expect(dispute).toMatchObject({
      status: 'needs_response',
      reason: 'fraudulent',
      amount: 5000,
      is_charge_refundable: false,
      balance_transactions: [{ amount: -5000, fee: 1500, net: -6500, type: 'adjustment' }],
      evidence_details: { has_evidence: false, submission_count: 0, past_due: false },
    });
    expect((await stripe.charges.retrieve(intent.latest_charge as string)).disputed).toBe(true);
    const error = await refusal(stripe.refunds.create({ payment_intent: intent.id }));
    expect(error.code).toBe('charge_disputed');
    expect((await eventTypes(stripe, intent.id)).slice(-4)).toEqual([
      'charge.succeeded',
      'payment_intent.succeeded',
      'charge.dispute.created',
      'charge.dispute.funds_withdrawn',
    ]);
  });

  test('is won with winning evidence and its file, and the money comes back', async () => {
    const intent = await pay('pm_card_createDispute');
    const { id } = await disputeOf(intent.id);
    const file = await stripe.files.create({
      purpose: 'dispute_evidence',
      file: { data: Buffer.from('%PDF-1.4'), name: 'receipt.pdf', type: 'application/pdf' },
    });
    expect(file).toMatchObject({ size: 8, type: 'pdf', filename: 'receipt.pdf' });
    const staged = await stripe.disputes.update(id, {
      evidence: { receipt: file.id },
      metadata: { case: '7' },
      submit: false,
    });
    expect(staged).toMatchObject({
      status: 'needs_response',
      evidence: { receipt: file.id },
      metadata: { case: '7' },
    });
    const submitted = await stripe.disputes.update(id, {
      evidence: { uncategorized_text: 'winning_evidence' },
    });
    expect(submitted).toMatchObject({
      status: 'under_review',
      evidence_details: { submission_count: 1, has_evidence: true },
    });
    const again = await refusal(
      stripe.disputes.update(id, { evidence: { uncategorized_text: 'more' } }),
    );
    expect(again.statusCode).toBe(400);
    await moveClock(opened, 3);
    const won = await stripe.disputes.retrieve(id);
    expect(won.status).toBe('won');
    expect(won.balance_transactions.map(({ amount }) => amount)).toEqual([-5000, 5000]);
    expect((await eventTypes(stripe, intent.id)).slice(-2)).toEqual([
      'charge.dispute.closed',
      'charge.dispute.funds_reinstated',
    ]);
  });

  test('is lost with losing evidence, by giving in, and by not answering in time', async () => {
    const told = await disputeOf((await pay('pm_card_createDispute')).id);
    await stripe.disputes.update(told.id, { evidence: { uncategorized_text: 'losing_evidence' } });
    const closed = await disputeOf((await pay('pm_card_createDisputeProductNotReceived')).id);
    expect(closed.reason).toBe('product_not_received');
    expect((await stripe.disputes.close(closed.id)).status).toBe('lost');
    const twice = await refusal(stripe.disputes.close(closed.id));
    expect(twice.statusCode).toBe(400);
    const ignored = await disputeOf((await pay('pm_card_createDispute')).id);
    await moveClock(opened, 3);
    expect((await stripe.disputes.retrieve(told.id)).status).toBe('lost');
    expect((await stripe.disputes.retrieve(ignored.id)).status).toBe('needs_response');
    await moveClock(opened, 10 * 86_400);
    expect(await stripe.disputes.retrieve(ignored.id)).toMatchObject({
      status: 'lost',
      evidence_details: { past_due: true },
    });
  });

  test('that is an inquiry takes no money and leaves the payment refundable', async () => {
    const intent = await pay('pm_card_createDisputeInquiry');
    expect(await disputeOf(intent.id)).toMatchObject({
      status: 'warning_needs_response',
      balance_transactions: [],
      is_charge_refundable: true,
    });
    const refund = await stripe.refunds.create({ payment_intent: intent.id });
    expect(refund.status).toBe('succeeded');
  });

  test('takes only evidence files that exist, and no more text than banks read', async () => {
    const { id } = await disputeOf((await pay('pm_card_createDispute')).id);
    const unknown = await refusal(stripe.disputes.update(id, { evidence: { receipt: 'file_x' } }));
    expect(unknown).toMatchObject({ code: 'resource_missing', param: 'evidence[receipt]' });
    const long = await refusal(
      stripe.disputes.update(id, {
        evidence: {
          uncategorized_text: 'a'.repeat(100_000),
          access_activity_log: 'b'.repeat(60_000),
        },
      }),
    );
    expect(long.param).toBe('evidence');
  });
});

describe('a file', () => {
  test('that is too large, empty, or of the wrong kind is refused', async () => {
    const send = (data: Buffer, name: string) =>
      stripe.files.create({ purpose: 'dispute_evidence', file: { data, name } });
    const large = await refusal(send(Buffer.alloc(5 * 1024 * 1024 + 1), 'a.pdf'));
    expect(large).toMatchObject({ statusCode: 400, param: 'file' });
    const empty = await refusal(send(Buffer.alloc(0), 'a.pdf'));
    expect(empty.param).toBe('file');
    const wrong = await refusal(send(Buffer.from('x'), 'a.exe'));
    expect(wrong.param).toBe('file');
  });

  test('is listed and retrieved', async () => {
    const file = await stripe.files.create({
      purpose: 'business_logo',
      file: { data: Buffer.from('png'), name: 'logo.png' },
    });
    expect((await stripe.files.retrieve(file.id)).purpose).toBe('business_logo');
    const { data } = await stripe.files.list({ purpose: 'business_logo' });
    expect(data.map(({ id }) => id)).toEqual([file.id]);
  });
});
