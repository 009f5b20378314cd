import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { saveCard } from './open-sandbox.ts';
import {
  CARD_FRAME,
  bankOf,
  makePayment,
  openShop,
  openWorld,
  typeCard,
} from './stripe-js-world.ts';
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

const MOUNT = `
  const elements = stripe.elements();
  window.card = elements.create('card', { style: { base: { color: '#32325d' } } });
  window.card.mount('#element');
  window.card.addEventListener('change', (event) => window.events.push(event));
  await new Promise((resolve) => window.card.on('ready', resolve));
  return { ready: true };
`;
const PAY = `return stripe.confirmCardPayment(args[0], {
  payment_method: { card: window.card, billing_details: { name: 'Ada Lovelace' } },
  setup_future_usage: 'off_session',
});`;

async function mountCard(): Promise<void> {
  await shop.run(MOUNT);
  expect((await shop.outcome()).thrown).toBeUndefined();
}

describe('confirmCardPayment with a Card Element', () => {
  test('pays, keeps the card for later, and the page around never sees the number', async () => {
    const intent = await makePayment(world.stripe);
    await mountCard();
    await typeCard(shop.frame(CARD_FRAME), '4242424242424242');
    await shop.run(PAY, intent.client_secret);
    const { result } = await shop.outcome();
    expect(result).toMatchObject({
      paymentIntent: { id: intent.id, status: 'succeeded', setup_future_usage: 'off_session' },
    });
    expect(result).not.toHaveProperty('paymentIntent.customer');
    await shop.sawNothingOf(['4242424242424242']);

    const paid = await world.stripe.paymentIntents.retrieve(intent.id);
    const customer = await world.stripe.customers.create({
      payment_method: paid.payment_method as string,
    });
    const saved = await world.stripe.paymentMethods.list({ customer: customer.id, type: 'card' });
    expect(saved.data[0]?.billing_details).toMatchObject({
      name: 'Ada Lovelace',
      address: { postal_code: '94107' },
    });
  });

  test('tells of what is typed in change events, never of the number', async () => {
    await mountCard();
    const frame = shop.frame(CARD_FRAME);
    await frame.getByLabel('Card number').fill('4242424242424241');
    await expect
      .poll(() => shop.events())
      .toContainEqual(
        expect.objectContaining({
          elementType: 'card',
          brand: 'visa',
          complete: false,
          error: {
            type: 'validation_error',
            code: 'invalid_number',
            message: 'Your card number is invalid.',
          },
        }),
      );
    expect(await shop.page.locator('#element').getAttribute('class')).toContain(
      'StripeElement--invalid',
    );
    await shop.sawNothingOf(['4242424242424241']);
  });

  test('resolves to a validation_error before anything is sent', async () => {
    const intent = await makePayment(world.stripe);
    await mountCard();
    await shop.frame(CARD_FRAME).getByLabel('Card number').fill('4242');
    await shop.run(PAY, intent.client_secret);
    expect((await shop.outcome()).result).toEqual({
      error: {
        type: 'validation_error',
        code: 'incomplete_number',
        message: 'Your card number is incomplete.',
      },
    });
    const untouched = await world.stripe.paymentIntents.retrieve(intent.id);
    expect(untouched.status).toBe('requires_payment_method');
  });

  test('resolves to the card_error of a decline', async () => {
    const intent = await makePayment(world.stripe);
    await mountCard();
    await typeCard(shop.frame(CARD_FRAME), '4000000000009995');
    await shop.run(PAY, intent.client_secret);
    expect((await shop.outcome()).result).toMatchObject({
      error: {
        type: 'card_error',
        code: 'card_declined',
        decline_code: 'insufficient_funds',
        payment_intent: { id: intent.id, status: 'requires_payment_method' },
      },
    });
  });

  test('opens 3D Secure over the page, which Escape does not close, and pays', async () => {
    const intent = await makePayment(world.stripe);
    await mountCard();
    await typeCard(shop.frame(CARD_FRAME), '4000002500003155');
    await shop.page.locator('#pay').focus();
    await shop.run(PAY, intent.client_secret);
    const complete = bankOf(shop.page).getByRole('button', { name: 'Complete authentication' });
    await complete.waitFor();
    await shop.page.keyboard.press('Escape');
    await shop.page.keyboard.press('Escape');
    const dialog = shop.page.getByRole('dialog', { name: 'Authenticate with your bank' });
    expect(await dialog.isVisible()).toBe(true);
    await complete.click();
    expect((await shop.outcome()).result).toMatchObject({ paymentIntent: { status: 'succeeded' } });
    expect(await shop.page.locator('dialog').count()).toBe(0);
    expect(await shop.page.locator(':focus').getAttribute('id')).toBe('pay');
  });

  test('resolves to an authentication failure when the bank says no', async () => {
    const intent = await makePayment(world.stripe);
    await mountCard();
    await typeCard(shop.frame(CARD_FRAME), '4000002500003155');
    await shop.run(PAY, intent.client_secret);
    await bankOf(shop.page).getByRole('button', { name: 'Fail authentication' }).click();
    expect((await shop.outcome()).result).toMatchObject({
      error: {
        code: 'payment_intent_authentication_failure',
        payment_intent: { status: 'requires_payment_method' },
      },
    });
  });

  test('leaves 3D Secure to the page when handleActions is false; handleNextAction goes on', async () => {
    const intent = await makePayment(world.stripe);
    await shop.run(
      `return stripe.confirmCardPayment(args[0], { payment_method: args[1] }, { handleActions: false });`,
      intent.client_secret,
      'pm_card_threeDSecure2Required',
    );
    expect((await shop.outcome()).result).toMatchObject({
      paymentIntent: { status: 'requires_action', next_action: { type: 'use_stripe_sdk' } },
    });
    await shop.run(
      `return stripe.handleNextAction({ clientSecret: args[0] });`,
      intent.client_secret,
    );
    await bankOf(shop.page).getByRole('button', { name: 'Complete authentication' }).click();
    expect((await shop.outcome()).result).toMatchObject({ paymentIntent: { status: 'succeeded' } });
    await shop.run(
      `return stripe.handleNextAction({ clientSecret: args[0] });`,
      intent.client_secret,
    );
    expect((await shop.outcome()).thrown).toEqual({
      name: 'IntegrationError',
      message: 'handleNextAction: The PaymentIntent supplied is not in the requires_action state.',
    });
  });
});

describe('card fields in frames of their own', () => {
  test('come together in one payment method', async () => {
    await shop.run(`
      const elements = stripe.elements();
      window.number = elements.create('cardNumber');
      const expiry = elements.create('cardExpiry');
      const cvc = elements.create('cardCvc');
      const ready = [window.number, expiry, cvc].map((e) => new Promise((r) => e.on('ready', r)));
      window.number.mount('#element');
      expiry.mount('#second');
      cvc.mount('#third');
      await Promise.all(ready);
      return { ready: true };
    `);
    await shop.outcome();
    await shop.frame('Secure card number input frame').getByRole('textbox').fill('378282246310005');
    await shop.frame('Secure expiration date input frame').getByRole('textbox').fill('0535');
    await shop.frame('Secure CVC input frame').getByRole('textbox').fill('1234');
    await shop.run(`return stripe.createPaymentMethod({ type: 'card', card: window.number });`);
    expect((await shop.outcome()).result).toMatchObject({
      paymentMethod: { type: 'card', card: { brand: 'amex', exp_month: 5, exp_year: 2035 } },
    });
    await shop.sawNothingOf(['378282246310005']);
  });
});

test('confirmCardSetup saves a card to the customer of the SetupIntent', async () => {
  const customer = await world.stripe.customers.create();
  const intent = await world.stripe.setupIntents.create({ customer: customer.id });
  await mountCard();
  await typeCard(shop.frame(CARD_FRAME), '4000002500003155');
  await shop.run(
    `return stripe.confirmCardSetup(args[0], { payment_method: { card: window.card } });`,
    intent.client_secret,
  );
  await bankOf(shop.page).getByRole('button', { name: 'Complete authentication' }).click();
  expect((await shop.outcome()).result).toMatchObject({ setupIntent: { status: 'succeeded' } });
  const saved = await world.stripe.paymentMethods.list({ customer: customer.id });
  expect(saved.data).toHaveLength(1);
});

test('a customer away from the page recovers a charge that needs authentication', async () => {
  const saved = await saveCard(world.stripe, 'pm_card_authenticationRequired');
  const failed = await world.stripe.paymentIntents
    .create({
      amount: 1099,
      currency: 'usd',
      customer: saved.customer,
      payment_method: saved.method,
      off_session: true,
      confirm: true,
    })
    .catch((error: { payment_intent: { client_secret: string } }) => error.payment_intent);
  await shop.run(
    `return stripe.confirmPayment({
      clientSecret: args[0],
      confirmParams: { payment_method: args[1], return_url: location.href },
      redirect: 'if_required',
    });`,
    failed.client_secret,
    saved.method,
  );
  await bankOf(shop.page).getByRole('button', { name: 'Complete authentication' }).click();
  expect((await shop.outcome()).result).toMatchObject({ paymentIntent: { status: 'succeeded' } });
});
