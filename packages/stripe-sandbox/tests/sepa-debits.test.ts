import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { NO_REDIRECTS, debit, eventTypes, moveClock } from './money.ts';
import { openSandbox, refusal } from './open-sandbox.ts';
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

describe('a SEPA debit', () => {
  test('is processing until its bank pays, and brings a mandate and a balance transaction', async () => {
    const intent = await debit(stripe, 'pm_success_at');
    const charge = intent.latest_charge as Stripe.Charge;
    expect(intent).toMatchObject({ status: 'processing', amount_received: 0 });
    expect(charge).toMatchObject({ status: 'pending', paid: false, balance_transaction: null });
    expect(charge.id).toMatch(/^py_/);
    expect(charge.payment_method_details?.sepa_debit).toMatchObject({
      country: 'AT',
      last4: '3201',
    });
    const mandateId = charge.payment_method_details?.sepa_debit?.mandate ?? '';
    const mandate = await stripe.mandates.retrieve(mandateId);
    expect(mandate).toMatchObject({
      status: 'active',
      type: 'single_use',
      single_use: { amount: 5000, currency: 'eur' },
      customer_acceptance: { type: 'online', online: { ip_address: '203.0.113.7' } },
    });
    await moveClock(opened, 16);
    const paid = await stripe.paymentIntents.retrieve(intent.id, {
      expand: ['latest_charge.balance_transaction'],
    });
    expect(paid).toMatchObject({ status: 'succeeded', amount_received: 5000 });
    expect((paid.latest_charge as Stripe.Charge).balance_transaction).toMatchObject({
      type: 'payment',
      fee: 175,
      net: 4825,
    });
    expect(await eventTypes(stripe, intent.id)).toEqual([
      'payment_intent.created',
      'payment_intent.processing',
      'charge.pending',
      'charge.succeeded',
      'payment_intent.succeeded',
    ]);
  });

  test('without consent is refused and leaves its intent to be confirmed again', async () => {
    const error = await refusal(
      stripe.paymentIntents.create({
        amount: 5000,
        currency: 'eur',
        payment_method: 'pm_success_de',
        confirm: true,
        automatic_payment_methods: NO_REDIRECTS,
      }),
    );
    expect(error).toMatchObject({
      statusCode: 400,
      code: 'payment_intent_mandate_invalid',
      payment_intent: { status: 'requires_confirmation' },
    });
    const confirmed = await stripe.paymentIntents.confirm(error.payment_intent?.id ?? '', {
      mandate_data: { customer_acceptance: { type: 'offline', offline: {} } },
    });
    expect(confirmed.status).toBe('processing');
  });

  test.each([
    ['pm_failed_at', 'incorrect_account_holder_name', 'payment_intent_payment_attempt_failed'],
    ['pm_insufficientFunds_at', 'insufficient_funds', 'insufficient_funds'],
    [
      'pm_exceedsWeeklyVolumeLimit_at',
      'charge_exceeds_source_limit',
      'charge_exceeds_source_limit',
    ],
  ])('of %s is sent back', async (template, failure, code) => {
    const intent = await debit(stripe, template);
    await moveClock(opened, 16);
    const failed = await stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge'] });
    expect(failed).toMatchObject({
      status: 'requires_payment_method',
      payment_method: null,
      last_payment_error: { code, payment_method: { type: 'sepa_debit' } },
      latest_charge: { status: 'failed', paid: false, failure_code: failure },
    });
    expect((await eventTypes(stripe, intent.id)).slice(-2)).toEqual([
      'charge.failed',
      'payment_intent.payment_failed',
    ]);
  });

  test('that is delayed takes three minutes at least', async () => {
    const intent = await debit(stripe, 'pm_successDelayed_at');
    await moveClock(opened, 170);
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('processing');
    await moveClock(opened, 60);
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('succeeded');
  });

  test('is paid back only once it has succeeded, and the refund takes its time', async () => {
    const intent = await debit(stripe, 'pm_success_at');
    const early = await refusal(stripe.refunds.create({ payment_intent: intent.id }));
    expect(early.statusCode).toBe(400);
    await moveClock(opened, 16);
    const refund = await stripe.refunds.create({ payment_intent: intent.id });
    expect(refund.id).toMatch(/^pyr_/);
    expect(refund.status).toBe('pending');
    await moveClock(opened, 6);
    expect((await stripe.refunds.retrieve(refund.id)).status).toBe('succeeded');
  });

  test('may be disputed as soon as it has succeeded', async () => {
    const intent = await debit(stripe, 'pm_disputed_at');
    await moveClock(opened, 16);
    const { data } = await stripe.disputes.list({ payment_intent: intent.id });
    expect(data[0]).toMatchObject({ status: 'lost', amount: 5000, reason: 'debit_not_authorized' });
  });

  test('of an IBAN that is wrong, or no test value, is refused with the parameter', async () => {
    const make = (iban: string) =>
      stripe.paymentMethods.create({
        type: 'sepa_debit',
        sepa_debit: { iban },
        billing_details: { name: 'Ada Lovelace', email: 'ada@example.com' },
      });
    const wrong = await refusal(make('DE00370400440532013000'));
    expect(wrong).toMatchObject({ statusCode: 400, param: 'sepa_debit[iban]' });
    const real = await refusal(make('DE02120300000000202051'));
    expect(real.code).toBe('payment_method_invalid_parameter_testmode');
    const made = await make('DE89 3704 0044 0532 0130 00');
    expect(made.sepa_debit).toMatchObject({ country: 'DE', last4: '3000', bank_code: '37040044' });
    expect(JSON.stringify(made)).not.toContain('0532013000');
  });

  test('in another currency, or held instead of taken, is refused', async () => {
    const dollars = await refusal(debit(stripe, 'pm_success_at', { currency: 'usd' }));
    expect(dollars.code).toBe('payment_intent_incompatible_payment_method');
    const held = await refusal(debit(stripe, 'pm_success_at', { capture_method: 'manual' }));
    expect(held.code).toBe('payment_intent_incompatible_payment_method');
  });
});
