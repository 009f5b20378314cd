import { describe, expect, test } from 'vitest';
import { refusal } from '../open-sandbox.ts';
import { chargeOnSession, eventsAbout, idOf, latestCharge, newIntent } from './make-objects.ts';
import { BANK_TIMEOUT, ask, believed, passTime, stripe, until } from './open-stripe.ts';

const HOURS = 3600;

describe('a refund', () => {
  test('gives back everything unless an amount is given', async () => {
    const paid = await chargeOnSession('pm_card_visa');
    const refund = await stripe.refunds.create({
      payment_intent: paid.id,
      reason: 'requested_by_customer',
      metadata: { case: '7' },
    });
    expect(refund).toMatchObject({
      id: expect.stringMatching(/^(re|pyr)_/) as string,
      object: 'refund',
      status: 'succeeded',
      amount: 1099,
      currency: 'usd',
      payment_intent: paid.id,
      charge: idOf(paid.latest_charge),
      reason: 'requested_by_customer',
      metadata: { case: '7' },
    });
    expect(await latestCharge(paid)).toMatchObject({ refunded: true, amount_refunded: 1099 });
    expect((await stripe.paymentIntents.retrieve(paid.id)).status).toBe('succeeded');
    await eventsAbout(refund.id, ['refund.created']);
    await eventsAbout(idOf(paid.latest_charge), ['charge.refunded']);
  });

  test('can be made in parts, by charge as well, up to what was paid', async () => {
    const paid = await chargeOnSession('pm_card_visa');
    await stripe.refunds.create({ payment_intent: paid.id, amount: 400 });
    await stripe.refunds.create({ charge: idOf(paid.latest_charge), amount: 600 });
    expect(await latestCharge(paid)).toMatchObject({ refunded: false, amount_refunded: 1000 });
    const error = await refusal(stripe.refunds.create({ payment_intent: paid.id, amount: 100 }));
    expect({ status: error.statusCode, code: error.code, param: error.param }).toEqual({
      status: 400,
      code: undefined,
      param: 'amount',
    });
    const { amount } = await stripe.refunds.create({ payment_intent: paid.id });
    expect(amount).toBe(99);
    const { data } = await stripe.refunds.list({ payment_intent: paid.id });
    expect(data.map((refund) => refund.amount)).toEqual([99, 600, 400]);
  });

  test('of a payment that was given back is refused', async () => {
    const paid = await chargeOnSession('pm_card_visa');
    await stripe.refunds.create({ payment_intent: paid.id });
    const error = await refusal(stripe.refunds.create({ payment_intent: paid.id }));
    expect(error).toMatchObject({ statusCode: 400, code: 'charge_already_refunded' });
  });

  test('of a part that was captured gives back no more than that', async () => {
    const held = await newIntent({
      payment_method: 'pm_card_visa',
      confirm: true,
      capture_method: 'manual',
    });
    await stripe.paymentIntents.capture(held.id, { amount_to_capture: 500 });
    const error = await refusal(stripe.refunds.create({ payment_intent: held.id, amount: 501 }));
    expect(error).toMatchObject({ statusCode: 400, param: 'amount' });
    expect((await stripe.refunds.create({ payment_intent: held.id })).amount).toBe(500);
  });

  const refused: [string, object, object][] = [
    ['of an unknown payment', { payment_intent: 'pi_none' }, { code: 'resource_missing' }],
    ['of an unknown charge', { charge: 'ch_none' }, { code: 'resource_missing' }],
    [
      'for a reason of our own',
      { payment_intent: 'pi_none', reason: 'bored' },
      { param: 'reason' },
    ],
    [
      'of a fraction',
      { payment_intent: 'pi_none', amount: '1.5' },
      { code: 'parameter_invalid_integer', param: 'amount' },
    ],
  ];
  test.each(refused)('%s is refused', async (_case, params, expected) => {
    const error = await refusal(ask('POST', '/v1/refunds', { ...params }));
    expect(error).toMatchObject({ rawType: 'invalid_request_error', ...expected });
  });

  believed('of nothing in particular is refused', async () => {
    expect((await refusal(ask('POST', '/v1/refunds'))).statusCode).toBe(400);
  });

  believed('of a payment that was never made is refused', async () => {
    const intent = await newIntent();
    const error = await refusal(stripe.refunds.create({ payment_intent: intent.id }));
    expect(error.statusCode).toBe(400);
  });

  test('can change its metadata', async () => {
    const paid = await chargeOnSession('pm_card_visa');
    const { id } = await stripe.refunds.create({ payment_intent: paid.id });
    const updated = await stripe.refunds.update(id, { metadata: { later: 'yes' } });
    expect(updated.metadata).toMatchObject({ later: 'yes' });
    await eventsAbout(id, ['refund.updated']);
  });

  believed('that succeeded cannot be cancelled', async () => {
    const paid = await chargeOnSession('pm_card_visa');
    const { id } = await stripe.refunds.create({ payment_intent: paid.id });
    expect((await refusal(stripe.refunds.cancel(id))).statusCode).toBe(400);
  });
});

describe('a refund that takes its time', () => {
  test(
    'is pending, then succeeds',
    async () => {
      const paid = await chargeOnSession('pm_card_pendingRefund');
      const refund = await stripe.refunds.create({ payment_intent: paid.id });
      expect(refund.status).toBe('pending');
      await passTime(24 * HOURS);
      await until(async () => {
        const { status } = await stripe.refunds.retrieve(refund.id);
        return status === 'succeeded' ? status : undefined;
      });
      await eventsAbout(refund.id, ['refund.updated']);
    },
    BANK_TIMEOUT,
  );

  test(
    'may fail after it had succeeded, and the money is owed again',
    async () => {
      const paid = await chargeOnSession('pm_card_refundFail');
      const refund = await stripe.refunds.create({ payment_intent: paid.id });
      expect(refund.status).toBe('succeeded');
      await passTime(24 * HOURS);
      const failed = await until(async () => {
        const now = await stripe.refunds.retrieve(refund.id);
        return now.status === 'failed' ? now : undefined;
      });
      expect(failed.failure_reason).toEqual(expect.any(String));
      await eventsAbout(refund.id, ['refund.failed']);
      expect(await latestCharge(paid)).toMatchObject({ refunded: false, amount_refunded: 0 });
    },
    BANK_TIMEOUT,
  );
});
