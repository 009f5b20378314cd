import { AxeBuilder } from '@axe-core/playwright';
import type Stripe from 'stripe';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { saveCard } from './open-sandbox.ts';
import { CARD_FRAME, fillTestCard, mountPayment, openShop, openWorld } from './stripe-js-world.ts';
import type { Shop, World } from './stripe-js-world.ts';

vi.setConfig({ testTimeout: 30_000 });

let world: World;
let shop: Shop;

beforeAll(async () => {
  world = await openWorld();
}, 60_000);
afterAll(async () => world?.close());
beforeEach(async () => {
  shop = await openShop(world);
});
afterEach(async () => shop.close());

/** A session in elements mode, with `window.checkout` and `window.actions` in the shop. */
async function openCheckout(params: Partial<Stripe.Checkout.SessionCreateParams>): Promise<string> {
  const session = await world.stripe.checkout.sessions.create({
    ui_mode: 'elements',
    mode: 'payment',
    return_url: `${world.host.url}/thanks`,
    line_items: [
      {
        quantity: 1,
        price_data: { currency: 'eur', unit_amount: 1500, product_data: { name: 'Mug' } },
      },
    ],
    ...params,
  });
  await shop.run(
    `window.checkout = stripe.initCheckoutElementsSdk({ clientSecret: args[0] });
     const mount = (element, place) => new Promise((resolve) => {
       element.on('ready', () => resolve(element));
       element.mount(place);
     });
     window.payment = await mount(window.checkout.createPaymentElement(), '#element');
     window.payment.on('savedpaymentmethodremove', (event) => window.events.push(event));
     await mount(window.checkout.createContactDetailsElement(), '#second');
     await mount(window.checkout.createBillingAddressElement(), '#third');
     const loaded = await window.checkout.loadActions();
     window.actions = loaded.actions;
     return { total: window.actions.getSession().total.total.amount };`,
    session.client_secret,
  );
  expect((await shop.outcome()).result).toEqual({ total: '€15.00' });
  return session.id;
}

describe('messages between the page and its frames', () => {
  test('of anybody else are not heard', async () => {
    await mountPayment(shop, { mode: 'setup', allowedPaymentMethodTypes: ['card'] });
    const forged = { sandboxElement: true, type: 'event', name: 'change', detail: { forged: 1 } };
    await shop.page.evaluate(`window.postMessage(${JSON.stringify(forged)}, '*')`);
    const question = { sandboxElement: true, type: 'ask', id: 9, ask: { call: 'value' } };
    const toItself = `window.postMessage(${JSON.stringify(question)}, '*')`;
    await shop.frame().locator('body').evaluate(toItself);
    await fillTestCard(shop);
    await expect
      .poll(async () => (await shop.events()).at(-1))
      .toMatchObject({ elementType: 'payment', complete: true });
    expect(JSON.stringify(await shop.events())).not.toContain('forged');
    const heard = await shop.page.evaluate<string>('window.heard.join()');
    expect(heard).not.toContain('"id":9');
  });

  test('never begin in a frame that nobody has set up', async () => {
    await shop.page.goto(`${world.sandbox.url}/elements/card`);
    expect(await shop.page.getByRole('textbox').count()).toBe(0);
    const response = await shop.page.request.get(`${world.sandbox.url}/elements/card`);
    expect(response.headers()['content-security-policy']).toContain(
      'frame-ancestors http://localhost:*',
    );
  });
});

test('the Card Element is accessible', async () => {
  await shop.run(`
    const card = stripe.elements().create('card');
    card.mount('#element');
    await new Promise((resolve) => card.on('ready', resolve));
    return { ready: true };
  `);
  await shop.outcome();
  await shop.frame(CARD_FRAME).getByLabel('Card number').fill('4242');
  await shop.frame(CARD_FRAME).getByLabel('Security code').focus();
  expect((await new AxeBuilder({ page: shop.page }).analyze()).violations).toEqual([]);
});

describe('the elements of Checkout', () => {
  test('take e-mail and address from elements of their own', async () => {
    const id = await openCheckout({});
    const address = shop.frame('Secure address input frame');
    await fillTestCard(shop);
    await shop.frame('Secure email input frame').getByLabel('Email').fill('ada@example.com');
    await address.getByLabel('Full name').fill('Ada Lovelace');
    await address.getByLabel('Country').selectOption('GB');
    await address.getByLabel('Address line 1').fill('12 St James’s Square');
    await address.getByLabel('City').fill('London');
    await address.getByLabel('ZIP or postal code').fill('SW1Y 4JH');
    await expect
      .poll(() => shop.page.evaluate('window.actions.getSession().canConfirm'))
      .toBe(true);
    await shop.run(`return window.actions.confirm({ redirect: 'if_required' });`);
    expect((await shop.outcome()).result).toMatchObject({ type: 'success' });
    const done = await world.stripe.checkout.sessions.retrieve(id, {
      expand: ['payment_intent.payment_method'],
    });
    expect(done).toMatchObject({
      customer_details: { email: 'ada@example.com' },
      payment_intent: {
        payment_method: {
          billing_details: {
            name: 'Ada Lovelace',
            address: { line1: '12 St James’s Square', country: 'GB' },
          },
        },
      },
    });
  });

  test('complete an unpaid session with a SEPA debit', async () => {
    const customer = await world.stripe.customers.create({ email: 'ada@example.com' });
    await openCheckout({ customer: customer.id });
    await shop.frame().getByRole('radio', { name: 'SEPA Direct Debit' }).check();
    await shop.frame().getByRole('button', { name: 'Fill in test values' }).click();
    await shop.run(`return window.actions.confirm({ redirect: 'if_required' });`);
    expect((await shop.outcome()).result).toMatchObject({
      type: 'success',
      session: { status: { type: 'complete', paymentStatus: 'unpaid' } },
    });
  });

  test('lead away for iDEAL and back to return_url', async () => {
    const customer = await world.stripe.customers.create({ email: 'ada@example.com' });
    await openCheckout({ customer: customer.id });
    await shop.frame().getByRole('radio', { name: 'iDEAL' }).check();
    await shop.frame().getByRole('button', { name: 'Fill in test values' }).click();
    await shop.run(`return window.actions.confirm({ redirect: 'if_required' });`);
    await shop.page.waitForURL(`${world.sandbox.url}/redirect/**`);
    await shop.page.getByRole('button', { name: /complete|authorize/i }).click();
    await shop.page.waitForURL(`${world.host.url}/thanks*`);
  });

  test('remove a saved card, and say so', async () => {
    const saved = await saveCard(world.stripe, 'pm_card_visa');
    await world.stripe.paymentMethods.update(saved.method, { allow_redisplay: 'always' });
    await openCheckout({
      customer: saved.customer,
      saved_payment_method_options: { payment_method_remove: 'enabled' },
    });
    await shop.frame().getByRole('button', { name: 'Remove Visa ending in 4242' }).click();
    await expect
      .poll(() => shop.events())
      .toContainEqual({
        elementType: 'payment',
        success: true,
        payment_method: { id: saved.method, type: 'card' },
      });
    expect(await shop.frame().getByRole('radio', { name: 'Visa' }).count()).toBe(0);
    const left = await world.stripe.customers.listPaymentMethods(saved.customer);
    expect(left.data).toEqual([]);
  });
});
