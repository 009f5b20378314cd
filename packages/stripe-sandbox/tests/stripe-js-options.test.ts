import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { makePayment, openShop, openWorld } from './stripe-js-world.ts';
import type { Shop, World } from './stripe-js-world.ts';

vi.setConfig({ testTimeout: 30_000 });

let world: World;
let shop: Shop;
let secret: string;

beforeAll(async () => {
  world = await openWorld();
  secret = (await makePayment(world.stripe)).client_secret ?? '';
}, 60_000);
afterAll(async () => world?.close());
beforeEach(async () => {
  shop = await openShop(world);
});
afterEach(async () => shop.close());

async function thrownBy(code: string): Promise<string> {
  await shop.run(code, secret);
  const { thrown, result } = await shop.outcome();
  expect(result).toBeUndefined();
  expect(thrown?.name).toBe('IntegrationError');
  return thrown?.message ?? '';
}

describe('a mistake in the call throws an IntegrationError', () => {
  test.each([
    [`stripe.elements({ mode: 'payment', currency: 'usd' })`, 'amount'],
    [`stripe.elements({ mode: 'gift' })`, 'mode should be one of'],
    [
      `stripe.elements({ mode: 'setup', paymentMethodTypes: ['card'] })`,
      'allowedPaymentMethodTypes',
    ],
    [`stripe.elements({ clientSecret: 'pi_1' })`, 'client secret of the form'],
    [`stripe.elements({ appearance: { theme: 'pink' } })`, 'appearance.theme'],
    [`stripe.elements().create('payment')`, 'you must pass a clientSecret or mode'],
    [`stripe.elements().create('cards')`, 'no Element of type cards'],
    [`const e = stripe.elements(); e.create('card'); e.create('card')`, 'Can only create one'],
    [`stripe.elements().create('card').mount('#nowhere')`, '#nowhere'],
    [
      `stripe.elements({ mode: 'setup' }).create('payment', { layout: { type: 'tabs', radios: true } })`,
      'layout.radios',
    ],
    [`await stripe.confirmPayment({ elements: {} })`, 'elements should be an Elements object'],
    [`await stripe.confirmPayment({ clientSecret: args[0] })`, 'confirmParams.return_url'],
    [
      `await stripe.confirmPayment({ clientSecret: args[0], confirmParams: { return_url: '/x' } })`,
      'absolute URL',
    ],
    [
      `await stripe.confirmPayment({ clientSecret: args[0], redirect: 'maybe' })`,
      'redirect should be one of',
    ],
    [
      `await stripe.confirmPayment({ elements: stripe.elements({ clientSecret: args[0] }), redirect: 'if_required' })`,
      'mounted Payment Element',
    ],
    [
      `await stripe.confirmSetup({ clientSecret: args[0], redirect: 'if_required' })`,
      'SetupIntent',
    ],
    [`await stripe.confirmCardPayment('seti_1_secret_2')`, 'starts with pi_'],
    [
      `await stripe.confirmCardPayment(args[0], { payment_method: { card: stripe.elements().create('card') } })`,
      'still mounted',
    ],
    [`await stripe.confirmCardPayment(args[0], { payment_method: { card: {} } })`, 'Element'],
    [`await stripe.createPaymentMethod({})`, 'type should be a string'],
    [`await stripe.handleNextAction({ clientSecret: args[0] })`, 'requires_action state'],
    [`stripe.initCheckoutElementsSdk({ fetchClientSecret() {} })`, 'fetchClientSecret'],
    [`stripe.initCheckoutElementsSdk({ clientSecret: 'cs' })`, 'client secret of the form'],
    [
      `stripe.initCheckoutElementsSdk({ clientSecret: 'cs_1_secret_2', lang: 'de' })`,
      'option lang',
    ],
    [`stripe.initCheckoutFormSdk({ clientSecret: 'cs_1_secret_2' })`, 'ui_mode="form"'],
    [`await stripe.createEmbeddedCheckoutPage({ onCompleted() {} })`, 'option onCompleted'],
    [
      `await stripe.createEmbeddedCheckoutPage({ onComplete: 1 })`,
      'onComplete should be a function',
    ],
  ])('%s', async (code, words) => {
    expect(await thrownBy(code)).toContain(words);
  });
});

test.each([
  ['initEmbeddedCheckout', 'createEmbeddedCheckoutPage'],
  ['initCheckout', 'initCheckoutElementsSdk'],
  ['redirectToCheckout', 'URL of the Checkout Session'],
  ['handleCardPayment', 'confirmCardPayment'],
  ['createSource', 'createPaymentMethod'],
])('the old name %s throws and says what took its place', async (name, instead) => {
  expect(await thrownBy(`stripe.${name}()`)).toContain(instead);
});

test('a call that the sandbox lacks says so', async () => {
  expect(await thrownBy(`stripe.createToken('pii', {})`)).toContain('The sandbox has no');
});

test('what Stripe refuses resolves to an error, and nothing throws', async () => {
  await shop.run(`return stripe.retrievePaymentIntent('pi_unknown_secret_1');`);
  expect((await shop.outcome()).result).toMatchObject({
    error: { type: 'invalid_request_error', code: 'resource_missing' },
  });
  // The browser itself reports the 404 as a failed load.
  await shop.context.close();
  shop = await openShop(world);
});
