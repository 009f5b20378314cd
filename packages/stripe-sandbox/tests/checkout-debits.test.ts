import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { openSandbox } from './open-sandbox.ts';
import type { Opened } from './open-sandbox.ts';
import { HOLDER, advance, endChallenge, eventTypes, press } from './press-checkout.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await openSandbox();
});
afterAll(async () => {
  await opened.sandbox.close();
});

const IBAN = { kind: 'sepa_debit', iban: 'AT61 1904 3002 3457 3201', ...HOLDER };
const FAILING_IBAN = { ...IBAN, iban: 'AT861904300235473202' };
const BECS = {
  kind: 'au_becs_debit',
  bsb_number: '000-000',
  account_number: '900123456',
  ...HOLDER,
};
const ACH = {
  kind: 'us_bank_account',
  routing_number: '110000000',
  account_number: '000123456789',
  account_holder_type: 'individual',
  account_type: 'checking',
  ...HOLDER,
};
const IDEAL = { kind: 'redirect', type: 'ideal', ...HOLDER };

async function sell(
  currency: string,
  more: Stripe.Checkout.SessionCreateParams = {},
): Promise<Stripe.Checkout.Session> {
  return opened.stripe.checkout.sessions.create({
    mode: 'payment',
    success_url: 'http://localhost:3000/done?s={CHECKOUT_SESSION_ID}',
    line_items: [
      {
        quantity: 1,
        price_data: { currency, unit_amount: 2500, product_data: { name: 'A print' } },
      },
    ],
    ...more,
  });
}

async function save(currency: string): Promise<Stripe.Checkout.Session> {
  const { id: customer } = await opened.stripe.customers.create(HOLDER);
  return opened.stripe.checkout.sessions.create({
    mode: 'setup',
    currency,
    customer,
    success_url: 'http://localhost:3000/done',
  });
}

async function read(session: Stripe.Checkout.Session): Promise<Stripe.Checkout.Session> {
  const expand = ['payment_intent', 'setup_intent.payment_method'];
  return opened.stripe.checkout.sessions.retrieve(session.id, { expand });
}

describe('a payment by bank debit', () => {
  test('completes the session unpaid, and is paid when the bank has answered', async () => {
    const session = await sell('eur');
    expect((await press(opened, session, { paymentMethod: IBAN })).body.status).toBe('complete');
    expect(await read(session)).toMatchObject({
      status: 'complete',
      payment_status: 'unpaid',
      payment_intent: { status: 'processing' },
    });
    await advance(opened, 60);
    expect(await read(session)).toMatchObject({
      payment_status: 'paid',
      payment_intent: { status: 'succeeded' },
    });
    expect(await eventTypes(opened, session.id)).toEqual([
      'checkout.session.completed',
      'checkout.session.async_payment_succeeded',
    ]);
  });

  test('that the bank sends back leaves the session complete and unpaid', async () => {
    const session = await sell('eur');
    await press(opened, session, { paymentMethod: FAILING_IBAN });
    await advance(opened, 60);
    expect(await read(session)).toMatchObject({
      status: 'complete',
      payment_status: 'unpaid',
      payment_intent: { status: 'requires_payment_method' },
    });
    expect((await eventTypes(opened, session.id)).at(-1)).toBe(
      'checkout.session.async_payment_failed',
    );
  });

  test('tells which field of the form is wrong', async () => {
    const session = await sell('eur');
    const wrong = await press(opened, session, { paymentMethod: { ...IBAN, iban: 'AT00' } });
    expect(wrong).toMatchObject({ status: 400, body: { error: { param: 'iban' } } });
    const nameless = await press(opened, session, { paymentMethod: { ...IBAN, name: '' } });
    expect(nameless).toMatchObject({ status: 400, body: { error: { param: 'name' } } });
    const elsewhere = await press(opened, session, { paymentMethod: ACH });
    expect(elsewhere).toMatchObject({ status: 400, body: { error: { param: 'kind' } } });
    expect((await read(session)).status).toBe('open');
  });
});

describe('a bank account saved in setup mode', () => {
  test.each([
    ['sepa_debit', 'eur', IBAN],
    ['au_becs_debit', 'aud', BECS],
  ])('by %s is attached and may be debited', async (type, currency, paymentMethod) => {
    const session = await save(currency);
    expect((await press(opened, session, { paymentMethod })).body.status).toBe('complete');
    const done = await read(session);
    expect(done).toMatchObject({
      status: 'complete',
      payment_status: 'no_payment_required',
      setup_intent: {
        payment_method: { type, customer: done.customer, allow_redisplay: 'always' },
      },
    });
    expect((done.setup_intent as Stripe.SetupIntent).mandate).not.toBeNull();
  });

  test('in the US is complete at once, and saved when its deposits are named', async () => {
    const session = await save('usd');
    expect((await press(opened, session, { paymentMethod: ACH })).body.status).toBe('complete');
    const done = await read(session);
    const intent = done.setup_intent as Stripe.SetupIntent;
    expect(done.status).toBe('complete');
    expect(intent).toMatchObject({
      status: 'requires_action',
      next_action: { type: 'verify_with_microdeposits' },
    });
    const verified = await opened.stripe.setupIntents.verifyMicrodeposits(intent.id, {
      descriptor_code: 'SM11AA',
    });
    expect(verified.status).toBe('succeeded');
  });
});

describe('a method that redirects', () => {
  test('sends the window to the bank, and on when it says yes', async () => {
    const session = await sell('eur');
    const away = await press(opened, session, { paymentMethod: IDEAL });
    expect(away.body).toMatchObject({ status: 'requires_action', kind: 'redirect' });
    expect(away.body.challenge_url).toContain('/redirect/pi_');
    const back = await endChallenge(opened, away.body.intent_id, 'complete');
    expect(back.body).toMatchObject({
      status: 'succeeded',
      return_url: `http://localhost:3000/done?s=${session.id}`,
    });
    expect(await read(session)).toMatchObject({ status: 'complete', payment_status: 'paid' });
  });

  test('leads back to the open page when the bank says no, for another try', async () => {
    const session = await sell('eur');
    const away = await press(opened, session, { paymentMethod: IDEAL });
    const back = await endChallenge(opened, away.body.intent_id, 'fail');
    expect(back.body).toMatchObject({ status: 'requires_payment_method', return_url: session.url });
    expect(await read(session)).toMatchObject({
      status: 'open',
      payment_intent: { last_payment_error: { code: 'payment_intent_authentication_failure' } },
    });
    expect((await press(opened, session)).body.status).toBe('complete');
  });

  test('is replaced by a card while the bank still waits, and can then do nothing more', async () => {
    const session = await sell('eur');
    const away = await press(opened, session, { paymentMethod: IDEAL });
    expect((await press(opened, session)).body.status).toBe('complete');
    await endChallenge(opened, away.body.intent_id, 'fail');
    expect(await read(session)).toMatchObject({ status: 'complete', payment_status: 'paid' });
  });

  test('leads an embedded page to its return_url, also where cards stay', async () => {
    const session = await sell('eur', {
      ui_mode: 'embedded_page',
      success_url: undefined as never,
      return_url: 'http://localhost:3000/back?s={CHECKOUT_SESSION_ID}',
      redirect_on_completion: 'if_required',
    });
    const away = await press(opened, session, { paymentMethod: IDEAL });
    const back = await endChallenge(opened, away.body.intent_id, 'complete');
    expect(back.body.return_url).toBe(`http://localhost:3000/back?s=${session.id}`);
  });

  test('needs an address to come back to, on an elements page too', async () => {
    const session = await sell('eur', { ui_mode: 'elements', success_url: undefined as never });
    const refused = await press(opened, session, { paymentMethod: IDEAL });
    expect(refused).toMatchObject({ status: 400, body: { error: { param: 'return_url' } } });
    const back = 'http://localhost:3000/back?s={CHECKOUT_SESSION_ID}';
    const away = await press(opened, session, { paymentMethod: IDEAL, return_url: back });
    const failed = await endChallenge(opened, away.body.intent_id, 'fail');
    expect(failed.body.return_url).toBe(`http://localhost:3000/back?s=${session.id}`);
    expect((await read(session)).status).toBe('open');
  });

  test('that comes back too late leads to the page that says so', async () => {
    const session = await sell('eur');
    const away = await press(opened, session, { paymentMethod: IDEAL });
    await advance(opened, 24 * 60 * 60 + 1);
    const late = await endChallenge(opened, away.body.intent_id, 'complete');
    expect(late.body.return_url).toContain(`/c/pay/${session.id}`);
    expect(await read(session)).toMatchObject({ status: 'expired', payment_status: 'unpaid' });
  });
});
