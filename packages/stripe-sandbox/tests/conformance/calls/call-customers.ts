import type Stripe from 'stripe';
import { saveCard } from '../../open-sandbox.ts';
import { address, all, allOfEach, shipping } from './calls.ts';
import type { Calls } from './calls.ts';

export const CUSTOMER_CALLS: Calls = {
  customers: async (stripe) => {
    const created = await stripe.customers.create({
      email: 'ada@example.com',
      name: 'Ada Lovelace',
      phone: '+33600000000',
      description: 'A shopper',
      address,
      shipping,
      preferred_locales: ['fr'],
      metadata: { order: '1' },
      ...all('customer'),
    });
    await stripe.customers.update(created.id, { shipping: '', address: '', ...all('customer') });
    await stripe.customers.list(allOfEach('customer'));
    await stripe.customers.search({ query: "email:'ada@example.com'" });
    const { method } = await saveCard(stripe, 'pm_card_mastercard');
    const saved = await stripe.paymentMethods.retrieve(method, all('payment_method'));
    const owner = saved.customer as Stripe.Customer;
    await stripe.customers.listPaymentMethods(owner.id, allOfEach('payment_method'));
    await stripe.customers.retrievePaymentMethod(owner.id, method, all('payment_method'));
    await stripe.customers.del(created.id);
    await stripe.customers.retrieve(created.id);
  },
  'payment methods': async (stripe) => {
    const { customer } = await saveCard(stripe, 'pm_card_visa');
    const card = await stripe.paymentMethods.create({
      type: 'card',
      card: { token: 'tok_visa' },
      billing_details: { name: 'Ada', email: 'ada@example.com', phone: '1', address },
      allow_redisplay: 'always',
      metadata: { order: '1' },
    });
    await stripe.paymentMethods.attach(card.id, { customer });
    await stripe.paymentMethods.update(card.id, { card: { exp_year: 2040 }, metadata: { a: 'b' } });
    await stripe.paymentMethods.list({ customer, ...allOfEach('payment_method') });
    await stripe.paymentMethods.detach(card.id, all('payment_method'));
  },
  'customer sessions, portal sessions and payment method configurations': async (stripe) => {
    const customer = await stripe.customers.create({ email: 'ada@example.com' });
    await stripe.customerSessions.create({
      customer: customer.id,
      components: {
        payment_element: {
          enabled: true,
          features: { payment_method_redisplay: 'enabled', payment_method_save: 'enabled' },
        },
      },
      ...all('customer_session'),
    });
    await stripe.billingPortal.sessions.create({
      customer: customer.id,
      return_url: 'https://example.com',
      flow_data: { type: 'payment_method_update' },
      ...all('billing_portal.session'),
    });
    const [first] = (await stripe.paymentMethodConfigurations.list()).data;
    await stripe.paymentMethodConfigurations.retrieve(first?.id ?? '');
  },
  'accounts of the v2 API': async (stripe) => {
    const created = await stripe.v2.core.accounts.create({
      contact_email: 'ada@example.com',
      display_name: 'Ada Lovelace',
      configuration: { customer: {} },
      include: ['configuration.customer', 'identity'],
    });
    await stripe.v2.core.accounts.update(created.id, { metadata: { a: 'b' } });
    await stripe.v2.core.accounts.retrieve(created.id, { include: ['configuration.customer'] });
    await stripe.v2.core.accounts.list();
    await stripe.v2.core.accounts.close(created.id);
  },
};
