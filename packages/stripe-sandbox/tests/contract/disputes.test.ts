import { describe, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { refusal } from '../open-sandbox.ts';
import { chargeOnSession, eventsAbout, idOf, latestCharge } from './make-objects.ts';
import { BANK_TIMEOUT, believed, passTime, stripe, until } from './open-stripe.ts';

/** A payment with a card whose owner disputes it, and the dispute. */
async function disputed(
  template = 'pm_card_createDispute',
): Promise<{ paid: Stripe.PaymentIntent; dispute: Stripe.Dispute }> {
  const paid = await chargeOnSession(template);
  await passTime(60);
  const dispute = await until(async () => {
    const { data } = await stripe.disputes.list({ payment_intent: paid.id });
    return data[0];
  });
  return { paid, dispute };
}

describe('a disputed payment', () => {
  test(
    'succeeds first, and is then disputed as fraudulent',
    async () => {
      const { paid, dispute } = await disputed();
      expect(paid.status).toBe('succeeded');
      expect(dispute).toMatchObject({
        object: 'dispute',
        status: 'needs_response',
        reason: 'fraudulent',
        amount: 1099,
        currency: 'usd',
        charge: idOf(paid.latest_charge),
        payment_intent: paid.id,
        livemode: false,
      });
      expect(await latestCharge(paid)).toMatchObject({ disputed: true });
      await eventsAbout(dispute.id, ['charge.dispute.created', 'charge.dispute.funds_withdrawn']);
    },
    BANK_TIMEOUT,
  );

  test(
    'keeps evidence until it is submitted',
    async () => {
      const { dispute } = await disputed();
      const draft = await stripe.disputes.update(dispute.id, {
        evidence: { customer_name: 'Ada Lovelace', uncategorized_text: 'It was delivered.' },
        metadata: { case: '7' },
        submit: false,
      });
      expect(draft).toMatchObject({
        status: 'needs_response',
        evidence: { customer_name: 'Ada Lovelace', uncategorized_text: 'It was delivered.' },
        evidence_details: { has_evidence: true, submission_count: 0 },
        metadata: { case: '7' },
      });
      await eventsAbout(dispute.id, ['charge.dispute.updated']);
    },
    BANK_TIMEOUT,
  );

  test(
    'that is closed by us is lost',
    async () => {
      const { dispute } = await disputed();
      expect((await stripe.disputes.close(dispute.id)).status).toBe('lost');
      await eventsAbout(dispute.id, ['charge.dispute.closed']);
      expect((await refusal(stripe.disputes.close(dispute.id))).statusCode).toBe(400);
    },
    BANK_TIMEOUT,
  );

  for (const [evidence, status] of [
    ['winning_evidence', 'won'],
    ['losing_evidence', 'lost'],
  ] as const) {
    believed(`with ${evidence} is ${status}`, async () => {
      const { dispute } = await disputed();
      await stripe.disputes.update(dispute.id, {
        evidence: { uncategorized_text: evidence },
        submit: true,
      });
      await passTime(3600);
      await until(async () => {
        const now = await stripe.disputes.retrieve(dispute.id);
        return now.status === status ? now : undefined;
      });
      await eventsAbout(dispute.id, [
        'charge.dispute.closed',
        ...(status === 'won' ? ['charge.dispute.funds_reinstated'] : []),
      ]);
    });
  }

  believed('cannot be refunded', async () => {
    const { paid } = await disputed();
    const error = await refusal(stripe.refunds.create({ payment_intent: paid.id }));
    expect(error).toMatchObject({ statusCode: 400, code: 'charge_disputed' });
  });

  test(
    'may be disputed for goods that did not come',
    async () => {
      const { dispute } = await disputed('pm_card_createDisputeProductNotReceived');
      expect(dispute.reason).toBe('product_not_received');
    },
    BANK_TIMEOUT,
  );

  test(
    'may start with an inquiry, which takes no money',
    async () => {
      const { dispute } = await disputed('pm_card_createDisputeInquiry');
      expect(dispute.status).toBe('warning_needs_response');
    },
    BANK_TIMEOUT,
  );
});

test('an unknown dispute is a 404', async () => {
  const error = await refusal(stripe.disputes.retrieve('du_none'));
  expect(error).toMatchObject({ statusCode: 404, code: 'resource_missing' });
});
