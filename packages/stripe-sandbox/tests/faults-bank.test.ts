import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { control } from './control.ts';
import { offSessionCharge, openSandbox, refusal, saveCard } from './open-sandbox.ts';
import type { Opened } from './open-sandbox.ts';

let opened: Opened;
let stripe: Stripe;
beforeAll(async () => {
  opened = await openSandbox();
  stripe = opened.stripe;
});
afterEach(async () => {
  await control(opened, 'DELETE', 'bank');
});
afterAll(async () => {
  await opened.sandbox.close();
});

const plan = (override: object): Promise<{ id: string }> =>
  control(opened, 'POST', 'bank', override);

test('a bank declines as often as it was told, with the codes it was given', async () => {
  const saved = await saveCard(stripe, 'pm_card_visa');
  const codes = { network_advice_code: '24', network_decline_code: '51' };
  await plan({
    outcome: 'insufficient_funds',
    times: 2,
    advice_code: 'do_not_try_again',
    ...codes,
  });
  const expected = {
    decline_code: 'insufficient_funds',
    advice_code: 'do_not_try_again',
    ...codes,
  };
  for (let count = 0; count < 2; count += 1) {
    const declined = await refusal(stripe.paymentIntents.create(offSessionCharge(saved)));
    expect(declined).toMatchObject({ statusCode: 402, code: 'card_declined' });
    expect(declined.payment_intent?.last_payment_error).toMatchObject(expected);
    const charge = await stripe.charges.retrieve(declined.charge ?? '');
    expect(charge.outcome).toMatchObject({
      reason: 'insufficient_funds',
      advice_code: 'do_not_try_again',
      ...codes,
    });
  }
  const paid = await stripe.paymentIntents.create(offSessionCharge(saved));
  expect(paid.status).toBe('succeeded');
});

test('a decline keeps its own advice, or none, when none is given', async () => {
  const saved = await saveCard(stripe, 'pm_card_visa');
  await plan({ outcome: 'lost_card' });
  await plan({ outcome: 'lost_card', advice_code: 'none' });
  const [own, none] = [
    await refusal(stripe.paymentIntents.create(offSessionCharge(saved))),
    await refusal(stripe.paymentIntents.create(offSessionCharge(saved))),
  ];
  expect(own.payment_intent?.last_payment_error?.advice_code).toBe('do_not_try_again');
  expect(none.payment_intent?.last_payment_error).not.toHaveProperty('advice_code');
});

test('only the customer, the method or the card that is named meets it', async () => {
  const [one, other] = [
    await saveCard(stripe, 'pm_card_visa'),
    await saveCard(stripe, 'pm_card_mastercard'),
  ];
  const { card } = await stripe.paymentMethods.retrieve(one.method);
  for (const target of [
    { customer: one.customer },
    { payment_method: one.method },
    { fingerprint: card?.fingerprint },
  ]) {
    await plan({ outcome: 'do_not_honor', ...target });
    const spared = await stripe.paymentIntents.create(offSessionCharge(other));
    expect(spared.status).toBe('succeeded');
    const met = await refusal(stripe.paymentIntents.create(offSessionCharge(one)));
    expect(met.decline_code).toBe('do_not_honor');
  }
});

test('a card that always fails is approved when the bank is told so', async () => {
  const saved = await saveCard(stripe, 'pm_card_chargeCustomerFail');
  await plan({ outcome: 'approve' });
  const paid = await stripe.paymentIntents.create(offSessionCharge(saved));
  expect(paid.status).toBe('succeeded');
});

test('a challenge asks a shopper who is there, and declines while they are away', async () => {
  const saved = await saveCard(stripe, 'pm_card_visa');
  await plan({ outcome: 'challenge', times: 2 });
  const away = await refusal(stripe.paymentIntents.create(offSessionCharge(saved)));
  expect(away.code).toBe('authentication_required');
  const there = await stripe.paymentIntents.create({
    ...offSessionCharge(saved),
    off_session: false,
  });
  expect(there.status).toBe('requires_action');
});

test('an outcome that no bank has is refused with the list of those there are', async () => {
  await expect(plan({ outcome: 'explode' })).rejects.toThrow('do_not_honor');
});
