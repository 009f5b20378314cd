import { pressCheckoutButton } from '../../open-sandbox.ts';
import { listExpandable } from '../list-expandable.ts';
import { all, allOfEach, shipping } from './calls.ts';
import type { Calls } from './calls.ts';

export const CHECKOUT_CALLS: Calls = {
  'products and prices': async (stripe) => {
    const product = await stripe.products.create({
      name: 'Chair',
      description: 'Wooden',
      images: ['https://example.com/chair.png'],
      default_price_data: { currency: 'eur', unit_amount: 9900 },
      ...all('product'),
    });
    const price = await stripe.prices.create({
      product: product.id,
      currency: 'eur',
      unit_amount: 9900,
      ...all('price'),
    });
    await stripe.prices.update(price.id, { nickname: 'List', active: false });
    await stripe.prices.retrieve(price.id, all('price'));
    await stripe.prices.list(allOfEach('price'));
    await stripe.prices.search({ query: "currency:'eur'" });
    await stripe.products.update(product.id, { name: 'Stool' });
    await stripe.products.retrieve(product.id, all('product'));
    await stripe.products.list(allOfEach('product'));
    await stripe.products.search({ query: "name:'Stool'" });
    const bare = await stripe.products.create({ name: 'Bare' });
    await stripe.products.del(bare.id);
  },
  'Checkout Sessions': async (stripe, opened) => {
    const customer = await stripe.customers.create({ email: 'ada@example.com' });
    const payment = await stripe.checkout.sessions.create({
      mode: 'payment',
      customer: customer.id,
      success_url: 'https://example.com/done',
      cancel_url: 'https://example.com/back',
      client_reference_id: 'order_1',
      line_items: [
        {
          quantity: 2,
          price_data: { currency: 'eur', unit_amount: 500, product_data: { name: 'Chair' } },
        },
      ],
      payment_intent_data: { setup_future_usage: 'off_session', metadata: { order: '1' } },
      consent_collection: { payment_method_reuse_agreement: { position: 'auto' } },
      custom_text: { submit: { message: 'Thank you.' } },
      expand: [...listExpandable('checkout.session'), 'line_items'],
    });
    await stripe.checkout.sessions.listLineItems(payment.id);
    await stripe.checkout.sessions.update(payment.id, { metadata: { a: 'b' } });
    await pressCheckoutButton(opened, payment, '4242424242424242');
    await stripe.checkout.sessions.retrieve(payment.id, {
      expand: [...listExpandable('checkout.session'), 'line_items', 'payment_intent.latest_charge'],
    });
    const setup = await stripe.checkout.sessions.create({
      mode: 'setup',
      currency: 'eur',
      customer: customer.id,
      success_url: 'https://example.com/done',
      ...all('checkout.session'),
    });
    await stripe.checkout.sessions.expire(setup.id);
    await stripe.checkout.sessions.list(allOfEach('checkout.session'));
  },
  'a Checkout Session with all that it can have': async (stripe) => {
    const session = await stripe.checkout.sessions.create({
      mode: 'payment',
      success_url: 'https://example.com/done',
      customer_creation: 'always',
      adaptive_pricing: { enabled: false },
      after_expiration: { recovery: { enabled: true } },
      allowed_payment_method_types: ['card', 'bancontact', 'sepa_debit', 'us_bank_account'],
      billing_address_collection: 'required',
      branding_settings: { display_name: 'Chairs', button_color: '#112233', font_family: 'inter' },
      consent_collection: { promotions: 'auto', terms_of_service: 'required' },
      custom_fields: [
        { key: 'note', label: { type: 'custom', custom: 'Note' }, type: 'text', optional: true },
        {
          key: 'size',
          label: { type: 'custom', custom: 'Size' },
          type: 'dropdown',
          dropdown: { options: [{ label: 'Small', value: 's' }] },
        },
      ],
      custom_text: { after_submit: { message: 'Thank you.' } },
      line_items: [
        {
          quantity: 2,
          adjustable_quantity: { enabled: true, minimum: 1, maximum: 5 },
          price_data: { currency: 'eur', unit_amount: 500, product_data: { name: 'Chair' } },
        },
      ],
      locale: 'fr',
      metadata: { order: '1' },
      name_collection: { individual: { enabled: true } },
      payment_intent_data: {
        capture_method: 'manual',
        description: 'An order',
        receipt_email: 'ada@example.com',
        shipping,
        statement_descriptor_suffix: 'ORDER',
      },
      payment_method_options: {
        card: { request_three_d_secure: 'any', setup_future_usage: 'off_session' },
      },
      phone_number_collection: { enabled: true },
      saved_payment_method_options: { payment_method_save: 'enabled' },
      submit_type: 'book',
      ...all('checkout.session'),
    });
    await stripe.checkout.sessions.expire(session.id, all('checkout.session'));
  },
  'the account, events and webhook endpoints': async (stripe) => {
    await stripe.accounts.retrieve(null);
    await stripe.accounts.retrieveCurrent();
    const endpoint = await stripe.webhookEndpoints.create({
      url: 'http://127.0.0.1:9/hooks',
      enabled_events: ['customer.deleted'],
      description: 'Orders',
    });
    await stripe.webhookEndpoints.update(endpoint.id, { disabled: true });
    await stripe.webhookEndpoints.retrieve(endpoint.id);
    await stripe.webhookEndpoints.list();
    const [event] = (await stripe.events.list({ limit: 100 })).data;
    await stripe.events.retrieve(event?.id ?? '');
    await stripe.webhookEndpoints.del(endpoint.id);
  },
};
