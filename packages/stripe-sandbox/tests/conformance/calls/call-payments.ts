import type Stripe from 'stripe';
import { expect } from 'vitest';
import { offSessionCharge, saveCard } from '../../open-sandbox.ts';
import { all, allOfEach, shipping } from './calls.ts';
import type { Calls } from './calls.ts';

export const PAYMENT_CALLS: Calls = {
  SetupIntents: async (stripe) => {
    const { customer, method } = await saveCard(stripe, 'pm_card_visa');
    const done = await stripe.setupIntents.create({
      customer,
      payment_method: method,
      confirm: true,
      usage: 'off_session',
      return_url: 'https://example.com',
      ...all('setup_intent'),
    });
    const open = await stripe.setupIntents.create({ customer, description: 'Later' });
    await stripe.setupIntents.update(open.id, { metadata: { a: 'b' } });
    await stripe.setupIntents.confirm(open.id, {
      payment_method: 'pm_card_authenticationRequired',
      return_url: 'https://example.com',
      ...all('setup_intent'),
    });
    await stripe.setupIntents.cancel(open.id, { cancellation_reason: 'abandoned' });
    const declined = await stripe.setupIntents.create({ customer });
    const refused = stripe.setupIntents.confirm(declined.id, {
      payment_method: 'pm_card_chargeDeclined',
      return_url: 'https://example.com',
    });
    await expect(refused).rejects.toMatchObject({ code: 'card_declined' });
    await stripe.setupIntents.retrieve(declined.id);
    await stripe.setupIntents.retrieve(done.id, all('setup_intent'));
    await stripe.setupIntents.list(allOfEach('setup_intent'));
  },
  'PaymentIntents, charges and refunds': async (stripe) => {
    const saved = await saveCard(stripe, 'pm_card_visa');
    const paid = await stripe.paymentIntents.create({
      ...offSessionCharge(saved),
      description: 'An order',
      receipt_email: 'ada@example.com',
      shipping,
      statement_descriptor_suffix: 'ORDER',
      metadata: { order: '1' },
      ...all('payment_intent'),
    });
    const charge = (paid.latest_charge as Stripe.Charge).id;
    await stripe.charges.retrieve(charge, all('charge'));
    await stripe.charges.update(charge, { metadata: { a: 'b' }, ...all('charge') });
    await stripe.charges.list({ payment_intent: paid.id, ...allOfEach('charge') });
    await stripe.charges.search({ query: `amount:${String(paid.amount)}` });
    const part = await stripe.refunds.create({ payment_intent: paid.id, amount: 100 });
    await stripe.refunds.update(part.id, { metadata: { a: 'b' }, ...all('refund') });
    await stripe.refunds.retrieve(part.id, all('refund'));
    await stripe.refunds.list({ charge, ...allOfEach('refund') });
    await stripe.charges.retrieve(charge, { expand: ['refunds', 'balance_transaction'] });
    const slow = await stripe.paymentIntents.create(
      offSessionCharge(await saveCard(stripe, 'pm_card_pendingRefund')),
    );
    const pending = await stripe.refunds.create({ payment_intent: slow.id, ...all('refund') });
    await stripe.refunds.cancel(pending.id, all('refund'));

    const hold = await stripe.paymentIntents.create({
      ...offSessionCharge(saved),
      capture_method: 'manual',
      ...all('payment_intent'),
    });
    await stripe.paymentIntents.capture(hold.id, {
      amount_to_capture: 500,
      ...all('payment_intent'),
    });
    const second = await stripe.paymentIntents.create({
      ...offSessionCharge(saved),
      capture_method: 'manual',
    });
    await stripe.charges.capture(second.latest_charge as string, all('charge'));
    const open = await stripe.paymentIntents.create({ amount: 1099, currency: 'eur' });
    await stripe.paymentIntents.update(open.id, { amount: 1200, metadata: { a: 'b' } });
    await stripe.paymentIntents.confirm(open.id, {
      payment_method: 'pm_card_authenticationRequired',
      return_url: 'https://example.com',
      ...all('payment_intent'),
    });
    await stripe.paymentIntents.cancel(open.id, { cancellation_reason: 'duplicate' });
    const declined = await saveCard(stripe, 'pm_card_chargeCustomerFail');
    const refused = stripe.paymentIntents.create(offSessionCharge(declined));
    await expect(refused).rejects.toMatchObject({ code: 'card_declined' });
    await stripe.paymentIntents.list(allOfEach('payment_intent'));
    await stripe.paymentIntents.search({ query: "status:'succeeded'" });
    await stripe.paymentIntents.retrieve(paid.id, all('payment_intent'));
  },
  'confirmation tokens': async (stripe) => {
    const token = await stripe.testHelpers.confirmationTokens.create({
      payment_method: 'pm_card_visa',
      return_url: 'https://example.com',
      setup_future_usage: 'off_session',
      shipping,
    });
    await stripe.confirmationTokens.retrieve(token.id, all('confirmation_token'));
    await stripe.paymentIntents.create({
      amount: 1099,
      currency: 'usd',
      confirm: true,
      confirmation_token: token.id,
      ...all('payment_intent'),
    });
  },
  'a PaymentIntent with all the options of a card': async (stripe) => {
    const { customer, method } = await saveCard(stripe, 'pm_card_visa');
    const asked = {
      amount: 1099,
      currency: 'usd',
      customer,
      payment_method: method,
      capture_method: 'manual' as const,
      confirm: true,
      return_url: 'https://example.com',
      ...all('payment_intent'),
    };
    const hold = await stripe.paymentIntents.create({
      ...asked,
      payment_method_options: {
        card: {
          request_extended_authorization: 'if_available',
          request_incremental_authorization: 'if_available',
          request_multicapture: 'if_available',
          request_overcapture: 'if_available',
          request_three_d_secure: 'any',
          require_cvc_recollection: true,
          setup_future_usage: 'off_session',
          mandate_options: {
            amount: 1099,
            amount_type: 'maximum',
            interval: 'month',
            interval_count: 1,
            reference: 'order_1',
            start_date: 1793000000,
          },
        },
      },
    });
    await stripe.paymentIntents.retrieve(hold.id, all('payment_intent'));
    const raised = await stripe.paymentIntents.create({
      ...asked,
      payment_method_options: { card: { request_incremental_authorization: 'if_available' } },
    });
    await stripe.paymentIntents.incrementAuthorization(raised.id, {
      amount: 1500,
      ...all('payment_intent'),
    });
    await stripe.paymentIntents.cancel(raised.id, all('payment_intent'));
  },
  'disputes and files': async (stripe) => {
    const saved = await saveCard(stripe, 'pm_card_createDispute');
    await stripe.paymentIntents.create(offSessionCharge(saved));
    const [dispute] = (await stripe.disputes.list(allOfEach('dispute'))).data;
    const file = await stripe.files.create({
      purpose: 'dispute_evidence',
      file: { data: Buffer.from('%PDF-1.4'), name: 'receipt.pdf', type: 'application/pdf' },
    });
    await stripe.files.retrieve(file.id);
    await stripe.files.list();
    const id = dispute?.id ?? '';
    await stripe.disputes.update(id, { evidence: { receipt: file.id }, ...all('dispute') });
    await stripe.disputes.retrieve(id, all('dispute'));
    await stripe.disputes.close(id, all('dispute'));
    const transactions = await stripe.balanceTransactions.list(allOfEach('balance_transaction'));
    const [transaction] = transactions.data;
    await stripe.balanceTransactions.retrieve(transaction?.id ?? '', all('balance_transaction'));
  },
};
