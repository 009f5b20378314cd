import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { openSandbox } from './open-sandbox.ts';
import type { Opened } from './open-sandbox.ts';
import { press, typedCard, viewPage } from './press-checkout.ts';
import { LEAST } from './refused-session.ts';

let opened: Opened;
let stripe: Stripe;
beforeAll(async () => {
  opened = await openSandbox({ accountName: 'Print shop' });
  stripe = opened.stripe;
});
afterAll(async () => {
  await opened.sandbox.close();
});

/** Everything that a page can be told. */
const SHOWN = {
  after_expiration: { recovery: { enabled: true, allow_promotion_codes: true } },
  allow_promotion_codes: true,
  billing_address_collection: 'required',
  branding_settings: {
    button_color: '#112233',
    display_name: 'Prints by Ada',
    logo: { type: 'url', url: 'https://example.com/logo.png' },
  },
  cancel_url: 'http://localhost:3000/cart',
  client_reference_id: 'order-7',
  consent_collection: {
    payment_method_reuse_agreement: { position: 'hidden' },
    promotions: 'auto',
    terms_of_service: 'required',
  },
  custom_fields: [
    {
      key: 'size',
      type: 'dropdown',
      label: { type: 'custom', custom: 'Size' },
      dropdown: { options: [{ label: 'Small', value: 's' }], default_value: 's' },
    },
    { key: 'note', type: 'text', label: { type: 'custom', custom: 'Note' }, optional: true },
  ],
  custom_text: {
    submit: { message: 'We print within a week.' },
    terms_of_service_acceptance: { message: 'I agree to the [terms](https://example.com/t).' },
  },
  integration_identifier: 'shop-1',
  locale: 'de',
  metadata: { order: '7' },
  name_collection: { individual: { enabled: true, optional: true } },
  origin_context: 'web',
  payment_method_options: {
    card: { request_three_d_secure: 'any', setup_future_usage: 'on_session' },
    us_bank_account: { verification_method: 'instant' },
  },
  phone_number_collection: { enabled: true },
  shipping_address_collection: { allowed_countries: ['AT', 'DE'] },
  submit_type: 'book',
  tax_id_collection: { enabled: true },
  wallet_options: { link: { display: 'never' } },
} as const;
const FULL = { ...LEAST.payment, ...SHOWN };

describe('a session', () => {
  test('shows what it was opened with, in the SDK’s shapes', async () => {
    const session = await stripe.checkout.sessions.create(
      FULL as unknown as Stripe.Checkout.SessionCreateParams,
    );
    expect(session).toMatchObject({
      ...SHOWN,
      after_expiration: { recovery: { enabled: true, expires_at: null, url: null } },
      custom_fields: [
        { key: 'size', dropdown: { default_value: 's', value: null }, optional: false },
        { key: 'note', text: { value: null }, optional: true },
      ],
      custom_text: { ...FULL.custom_text, after_submit: null, shipping_address: null },
      livemode: false,
      status: 'open',
      tax_id_collection: { enabled: true, required: 'never' },
    });
  });

  test('tells its page what to show', async () => {
    const session = await stripe.checkout.sessions.create(
      FULL as unknown as Stripe.Checkout.SessionCreateParams,
    );
    expect((await viewPage(opened, session)).body.session).toMatchObject({
      account_name: 'Prints by Ada',
      billing_address_collection: 'required',
      cancel_url: FULL.cancel_url,
      custom_text: FULL.custom_text,
      customer_email: null,
      line_items: [{ description: 'A print', quantity: 1, unit_amount: 1500, amount_total: 1500 }],
      payment_method_types: ['card', 'us_bank_account', 'alipay'],
      payment_method_remove: false,
      submit_type: 'book',
      terms_required: true,
    });
  });

  test('passes its options on to the PaymentIntent, and asks for 3D Secure when told to', async () => {
    const session = await stripe.checkout.sessions.create(
      FULL as unknown as Stripe.Checkout.SessionCreateParams,
    );
    const enrolled = { ...typedCard('4000000000003055'), termsAccepted: true };
    const asked = await press(opened, session, enrolled);
    expect(asked.body).toMatchObject({ status: 'requires_action', kind: 'challenge' });
    const intent = await stripe.paymentIntents.retrieve(String(asked.body.intent_id));
    expect(intent).toMatchObject({
      payment_method_types: ['card', 'us_bank_account', 'alipay'],
      payment_method_options: {
        card: { request_three_d_secure: 'any', setup_future_usage: 'on_session' },
        us_bank_account: { verification_method: 'instant' },
      },
    });
  });

  test('that costs nothing sets up the card that was given all the same', async () => {
    const free = { ...LEAST.item, price_data: { ...LEAST.price, unit_amount: 0 } };
    const { id: customer } = await stripe.customers.create();
    const session = await stripe.checkout.sessions.create({
      ...LEAST.payment,
      customer,
      line_items: [free],
    });
    await press(opened, session);
    const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['setup_intent'] });
    expect(done).toMatchObject({
      status: 'complete',
      payment_status: 'no_payment_required',
      payment_intent: null,
      setup_intent: { status: 'succeeded', customer },
    });
  });
});

describe('an Accounts v2 account', () => {
  test('buys and saves like a customer', async () => {
    const account = await stripe.v2.core.accounts.create({
      contact_email: 'ada@example.com',
      configuration: { customer: {} },
    });
    const session = await stripe.checkout.sessions.create({
      ...LEAST.setup,
      customer_account: account.id,
    });
    expect(session).toMatchObject({ customer: null, customer_account: account.id });
    expect((await viewPage(opened, session)).body.session).toMatchObject({
      customer_email: 'ada@example.com',
      customer_email_fixed: true,
    });
    await press(opened, session);
    const { data } = await stripe.paymentMethods.list({ customer_account: account.id });
    expect(data).toMatchObject([{ allow_redisplay: 'always', customer_account: account.id }]);
    const paid = await stripe.checkout.sessions.create({
      ...LEAST.payment,
      customer_account: account.id,
    });
    const saved = { paymentMethod: { kind: 'saved', id: data[0]?.id } };
    expect((await press(opened, paid, saved)).body.status).toBe('complete');
    const found = await stripe.checkout.sessions.list({ customer_account: account.id });
    expect(found.data.map(({ id }) => id)).toEqual([paid.id, session.id]);
  });
});
