import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  bankOf,
  fillTestCard,
  makePayment,
  mountPayment,
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

describe('confirmPayment with the Payment Element', () => {
  test('resolves to the PaymentIntent when no redirect is required', async () => {
    const intent = await makePayment(world.stripe);
    await mountPayment(shop, { clientSecret: intent.client_secret });
    await typeCard(shop.frame(), '5555555555554444');
    expect((await shop.events()).at(-1)).toMatchObject({
      elementType: 'payment',
      complete: true,
      empty: false,
      value: { type: 'card' },
    });
    await shop.run(
      `return stripe.confirmPayment({ elements: window.elements, redirect: 'if_required' });`,
    );
    expect((await shop.outcome()).result).toMatchObject({
      paymentIntent: { id: intent.id, status: 'succeeded' },
    });
    await shop.sawNothingOf(['5555555555554444']);
  });

  test('leaves for return_url by default, with what Stripe appends', async () => {
    const intent = await makePayment(world.stripe);
    await mountPayment(shop, { clientSecret: intent.client_secret });
    await fillTestCard(shop);
    await shop.run(`return stripe.confirmPayment({
      elements: window.elements,
      confirmParams: { return_url: location.origin + '/thanks?order=7' },
    });`);
    await shop.page.waitForURL('**/thanks?*');
    const query = Object.fromEntries(new URL(shop.page.url()).searchParams);
    expect(query).toEqual({
      order: '7',
      payment_intent: intent.id,
      payment_intent_client_secret: intent.client_secret,
      redirect_status: 'succeeded',
    });
  });

  test('passes 3D Secure in the modal before it leaves', async () => {
    const intent = await makePayment(world.stripe);
    await mountPayment(shop, { clientSecret: intent.client_secret });
    await typeCard(shop.frame(), '4000002760003184');
    await shop.run(`return stripe.confirmPayment({
      elements: window.elements,
      confirmParams: { return_url: location.origin + '/thanks' },
    });`);
    await bankOf(shop.page).getByRole('button', { name: 'Complete authentication' }).click();
    await shop.page.waitForURL('**/thanks?*redirect_status=succeeded');
  });

  test('stays with a decline, and pays with the next card', async () => {
    const intent = await makePayment(world.stripe);
    await mountPayment(shop, { clientSecret: intent.client_secret });
    await typeCard(shop.frame(), '4000000000000002');
    const confirm = `return stripe.confirmPayment({ elements: window.elements, redirect: 'if_required' });`;
    await shop.run(confirm);
    expect((await shop.outcome()).result).toMatchObject({
      error: { type: 'card_error', code: 'card_declined', decline_code: 'generic_decline' },
    });
    await fillTestCard(shop);
    await shop.run(confirm);
    expect((await shop.outcome()).result).toMatchObject({ paymentIntent: { status: 'succeeded' } });
  });

  test('marks every incomplete field, and says the first', async () => {
    const intent = await makePayment(world.stripe);
    await mountPayment(shop, { clientSecret: intent.client_secret });
    await shop.run(
      `return stripe.confirmPayment({ elements: window.elements, redirect: 'if_required' });`,
    );
    expect((await shop.outcome()).result).toMatchObject({
      error: { type: 'validation_error', code: 'incomplete_number' },
    });
    const number = shop.frame().getByLabel('Card number');
    expect(await number.getAttribute('aria-invalid')).toBe('true');
    expect(await shop.frame().locator('[aria-invalid="true"]').count()).toBe(4);
  });

  test('collects first and makes the intent later, when elements() was given an amount', async () => {
    await mountPayment(shop, {
      mode: 'payment',
      amount: 2500,
      currency: 'usd',
      allowedPaymentMethodTypes: ['card'],
    });
    await fillTestCard(shop);
    const intent = await makePayment(world.stripe, { amount: 2500 });
    const confirm = `return stripe.confirmPayment({
      elements: window.elements, clientSecret: args[0], redirect: 'if_required',
    });`;
    await shop.run(confirm, intent.client_secret);
    expect((await shop.outcome()).thrown?.message).toContain('elements.submit() must be called');
    await shop.run(`return window.elements.submit();`);
    expect((await shop.outcome()).result).toEqual({ selectedPaymentMethod: 'card' });
    await shop.run(confirm, intent.client_secret);
    expect((await shop.outcome()).result).toMatchObject({ paymentIntent: { status: 'succeeded' } });
  });
});

test('createConfirmationToken hands the server what it confirms with', async () => {
  await mountPayment(shop, {
    mode: 'payment',
    amount: 2500,
    currency: 'usd',
    allowedPaymentMethodTypes: ['card'],
  });
  await fillTestCard(shop);
  await shop.run(`
    await window.elements.submit();
    return stripe.createConfirmationToken({ elements: window.elements });
  `);
  const { result } = await shop.outcome();
  expect(result).toMatchObject({
    confirmationToken: { payment_method_preview: { type: 'card', card: { last4: '4242' } } },
  });
  const { id } = result?.['confirmationToken'] as { id: string };
  const paid = await world.stripe.paymentIntents.create({
    amount: 2500,
    currency: 'usd',
    confirm: true,
    confirmation_token: id,
    return_url: world.host.url,
  });
  expect(paid.status).toBe('succeeded');
});

describe('confirmSetup with the Payment Element', () => {
  test('saves the card to the customer', async () => {
    const customer = await world.stripe.customers.create();
    const intent = await world.stripe.setupIntents.create({ customer: customer.id });
    await mountPayment(shop, { clientSecret: intent.client_secret });
    await fillTestCard(shop);
    expect(await shop.frame().getByText('you allow Sandbox shop to charge').isVisible()).toBe(true);
    await shop.run(
      `return stripe.confirmSetup({ elements: window.elements, redirect: 'if_required' });`,
    );
    expect((await shop.outcome()).result).toMatchObject({ setupIntent: { status: 'succeeded' } });
    const saved = await world.stripe.customers.listPaymentMethods(customer.id);
    expect(saved.data).toHaveLength(1);
  });

  test('leaves for return_url by default', async () => {
    const intent = await world.stripe.setupIntents.create({});
    await mountPayment(shop, { clientSecret: intent.client_secret });
    await fillTestCard(shop);
    await shop.run(`return stripe.confirmSetup({
      elements: window.elements, confirmParams: { return_url: location.origin + '/saved' },
    });`);
    await shop.page.waitForURL(`**/saved?setup_intent=${intent.id}&*redirect_status=succeeded`);
  });
});
