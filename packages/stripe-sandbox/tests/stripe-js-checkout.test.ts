import type Stripe from 'stripe';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { mountCheckout } from './stripe-js-mount-checkout.ts';
import { bankOf, fillTestCard, openShop, openWorld, typeCard } from './stripe-js-world.ts';
import type { Shop, World } from './stripe-js-world.ts';

vi.setConfig({ testTimeout: 30_000 });

let world: World;
let shop: Shop;
let customer: Stripe.Customer;

beforeAll(async () => {
  world = await openWorld();
}, 60_000);
afterAll(async () => world?.close());
beforeEach(async () => {
  customer = await world.stripe.customers.create({ email: 'ada@example.com' });
  shop = await openShop(world);
});
afterEach(async () => shop.close());

type Params = Partial<Stripe.Checkout.SessionCreateParams>;

async function startSession(params: Params): Promise<Stripe.Checkout.Session> {
  return world.stripe.checkout.sessions.create({
    ui_mode: 'elements',
    customer: customer.id,
    ...params,
  });
}

const backTo = () => `${world.host.url}/thanks?session_id={CHECKOUT_SESSION_ID}`;

const startPayment = (params: Params = {}) =>
  startSession({
    mode: 'payment',
    line_items: [
      {
        quantity: 2,
        price_data: { currency: 'usd', unit_amount: 1500, product_data: { name: 'Mug' } },
      },
    ],
    return_url: backTo(),
    ...params,
  });

const READ_TOTAL = `const total = window.actions.getSession().total.total.amount;`;
const canConfirm = () => shop.page.evaluate('window.actions.getSession().canConfirm');

describe('initCheckoutElementsSdk', () => {
  test('saves a card in setup mode, and leaves for the return_url of the session', async () => {
    const session = await startSession({ mode: 'setup', currency: 'usd', return_url: backTo() });
    await mountCheckout(shop, session);
    expect(await canConfirm()).toBe(false);
    await typeCard(shop.frame(), '4242424242424242');
    await expect.poll(canConfirm).toBe(true);
    await shop.sawNothingOf(['4242424242424242']);
    await shop.run(`return window.actions.confirm();`);
    await shop.page.waitForURL(`${world.host.url}/thanks?session_id=${session.id}`);
    const done = await world.stripe.checkout.sessions.retrieve(session.id, {
      expand: ['setup_intent.payment_method'],
    });
    expect(done).toMatchObject({
      status: 'complete',
      setup_intent: { payment_method: { customer: customer.id, allow_redisplay: 'always' } },
    });
  });

  test('shows the session as a shop needs it', async () => {
    await mountCheckout(shop, await startPayment());
    await shop.run(`return structuredClone(window.actions.getSession());`);
    expect((await shop.outcome()).result).toMatchObject({
      status: { type: 'open' },
      currency: 'usd',
      email: 'ada@example.com',
      minorUnitsAmountDivisor: 100,
      livemode: false,
      total: { total: { amount: '$30.00', minorUnitsAmount: 3000 } },
      lineItems: [
        {
          name: 'Mug',
          quantity: 2,
          unitAmount: { amount: '$15.00' },
          total: { amount: '$30.00' },
        },
      ],
      savedPaymentMethods: null,
      canConfirm: false,
    });
  });

  test('refuses to confirm a total that the page has never read', async () => {
    await mountCheckout(shop, await startPayment());
    await fillTestCard(shop);
    await shop.run(`return window.actions.confirm();`);
    expect((await shop.outcome()).thrown).toMatchObject({
      name: 'IntegrationError',
      message: expect.stringContaining('session.total.total.amount') as string,
    });
  });

  test('pays, saves the card when its box is ticked, and offers it the next time', async () => {
    const saving: Params = {
      saved_payment_method_options: {
        payment_method_save: 'enabled',
        payment_method_remove: 'enabled',
      },
    };
    const session = await startPayment({ ...saving, return_url: backTo() });
    await mountCheckout(shop, session);
    await fillTestCard(shop);
    await shop.frame().getByRole('checkbox', { name: 'Save payment details' }).check();
    await shop.run(`${READ_TOTAL} return window.actions.confirm({ redirect: 'if_required' });`);
    expect((await shop.outcome()).result).toMatchObject({
      type: 'success',
      session: { status: { type: 'complete', paymentStatus: 'paid' } },
    });

    await shop.close();
    shop = await openShop(world);
    const next = await startPayment(saving);
    await mountCheckout(shop, next);
    const radio = shop.frame().getByRole('radio', { name: 'Visa •••• 4242' });
    expect(await radio.isChecked()).toBe(true);
    await shop.run(
      `${READ_TOTAL}
       const [saved] = window.actions.getSession().savedPaymentMethods;
       return window.actions.confirm({ paymentMethod: saved.id, redirect: 'if_required' });`,
    );
    expect((await shop.outcome()).result).toMatchObject({ type: 'success' });
    const { data } = await world.stripe.customers.listPaymentMethods(customer.id);
    expect(data).toHaveLength(1);
  });

  test('resolves to paymentFailed with the decline code, and stays usable', async () => {
    await mountCheckout(shop, await startPayment());
    await typeCard(shop.frame(), '4000000000009995');
    await shop.run(`${READ_TOTAL} return window.actions.confirm({ redirect: 'if_required' });`);
    expect((await shop.outcome()).result).toMatchObject({
      type: 'error',
      error: { code: 'paymentFailed', paymentFailed: { declineCode: 'insufficient_funds' } },
    });
    await fillTestCard(shop);
    await shop.run(`return window.actions.confirm({ redirect: 'if_required' });`);
    expect((await shop.outcome()).result).toMatchObject({ type: 'success' });
  });

  test('authenticates in the modal: completed it pays, failed it says so', async () => {
    await mountCheckout(shop, await startPayment());
    await typeCard(shop.frame(), '4000002760003184');
    const confirm = `${READ_TOTAL} return window.actions.confirm({ redirect: 'if_required' });`;
    await shop.run(confirm);
    await bankOf(shop.page).getByRole('button', { name: 'Fail authentication' }).click();
    expect((await shop.outcome()).result).toMatchObject({
      type: 'error',
      error: { message: expect.stringContaining('unable to authenticate') as string },
    });
    await shop.run(confirm);
    await bankOf(shop.page).getByRole('button', { name: 'Complete authentication' }).click();
    expect((await shop.outcome()).result).toMatchObject({ type: 'success' });
  });

  test('reads the session anew after the shop changed it on its server', async () => {
    const session = await startPayment();
    await mountCheckout(shop, session);
    await shop.run(`${READ_TOTAL} return window.actions.runServerUpdate(async () => 'changed');`);
    expect((await shop.outcome()).result).toMatchObject({ type: 'success' });
    const seen = (await shop.events()).map((event) => event['canConfirm']);
    expect(seen).toContain(false);
    await shop.run(
      `return window.actions.runServerUpdate(async () => { throw new Error('Out of stock.'); });`,
    );
    expect((await shop.outcome()).result).toEqual({
      type: 'error',
      error: { message: 'Out of stock.', code: null },
    });
  });

  test('validates its elements without confirming', async () => {
    await mountCheckout(shop, await startPayment());
    await shop.run(`return window.actions.validateElements();`);
    expect((await shop.outcome()).result).toMatchObject({
      type: 'error',
      error: { code: 'validation_error', validation_errors: [{ element: 'payment' }] },
    });
  });

  test('asks for an e-mail address where the session has none', async () => {
    const session = await world.stripe.checkout.sessions.create({
      ui_mode: 'elements',
      mode: 'setup',
      currency: 'usd',
      return_url: backTo(),
    });
    await mountCheckout(shop, session);
    await fillTestCard(shop);
    await shop.run(`return window.actions.updateEmail('ada@');`);
    expect((await shop.outcome()).result).toMatchObject({ error: { code: 'invalidEmail' } });
    await shop.run(`return window.actions.confirm({ redirect: 'if_required' });`);
    expect((await shop.outcome()).result).toMatchObject({ type: 'error', error: { code: null } });
    await shop.run(`return window.actions.updateEmail('grace@example.com');`);
    expect((await shop.outcome()).result).toMatchObject({
      type: 'success',
      session: { email: 'grace@example.com' },
    });
    await shop.run(`return window.actions.confirm({ redirect: 'if_required' });`);
    expect((await shop.outcome()).result).toMatchObject({ type: 'success' });
    const done = await world.stripe.checkout.sessions.retrieve(session.id);
    expect(done.customer_details?.email).toBe('grace@example.com');
  });

  test.each([
    ['returnUrl beside return_url', `returnUrl: 'https://shop.test/x'`, 'returnUrl'],
    ['an unknown parameter', `returnURL: 'x'`, 'no parameter returnURL'],
    ['a method that is not offered', `paymentMethod: 'pm_other'`, 'savedPaymentMethods'],
    ['an e-mail of its own', `email: 'eve@example.com'`, 'has an email already'],
  ])('throws for %s', async (_mistake, args, words) => {
    await mountCheckout(shop, await startPayment());
    await shop.run(`${READ_TOTAL} return window.actions.confirm({ ${args} });`);
    const { thrown } = await shop.outcome();
    expect(thrown?.name).toBe('IntegrationError');
    expect(thrown?.message).toContain(words);
  });

  test('throws for updateEmail when the e-mail is given', async () => {
    await mountCheckout(shop, await startPayment());
    await shop.run(`return window.actions.updateEmail('eve@example.com');`);
    expect((await shop.outcome()).thrown?.name).toBe('IntegrationError');
  });

  test('needs a returnUrl of its own, an absolute one, where the session has none', async () => {
    await mountCheckout(shop, await startPayment({ return_url: undefined as never }));
    await fillTestCard(shop);
    await shop.run(`${READ_TOTAL} return window.actions.confirm();`);
    expect((await shop.outcome()).thrown?.message).toContain('needs a returnUrl');
    await shop.run(`return window.actions.confirm({ returnUrl: '/thanks' });`);
    expect((await shop.outcome()).thrown?.message).toContain('absolute');
    await shop.run(`return window.actions.confirm({ returnUrl: location.origin + '/thanks' });`);
    await shop.page.waitForURL('**/thanks');
  });
});
