import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { makePayment, mountPayment, openShop, openWorld } from './stripe-js-world.ts';
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

/** What the tests read of the browser; this project's tests are typed without it. */
type StyleWindow = {
  getComputedStyle(element: unknown): { backgroundColor: string; fontSize: string };
};
type Scrolling = { scrollWidth: number };

describe('the Payment Element', () => {
  test('offers what fits the currency, and shows the mandate of a debit', async () => {
    await mountPayment(shop, { mode: 'payment', amount: 2500, currency: 'eur' });
    const frame = shop.frame();
    expect(await frame.getByRole('radio').count()).toBeGreaterThan(2);
    await frame.getByRole('radio', { name: 'SEPA Direct Debit' }).check();
    await frame.getByRole('button', { name: 'Fill in test values' }).click();
    expect(await frame.getByLabel('IBAN').inputValue()).toBe('AT61 1904 3002 3457 3201');
    expect(await frame.getByText('you authorise Sandbox shop').isVisible()).toBe(true);
    await expect
      .poll(async () => (await shop.events()).at(-1))
      .toMatchObject({ complete: true, value: { type: 'sepa_debit' } });
    await frame.getByRole('radio', { name: 'iDEAL' }).check();
    expect(await frame.getByText('you will be redirected').isVisible()).toBe(true);
  });

  test('puts the methods that the page names first', async () => {
    const given = { paymentMethodOrder: ['ideal', 'card', 'apple_pay'] };
    await mountPayment(shop, { mode: 'payment', amount: 2500, currency: 'eur' }, given);
    const tabs = shop.frame().getByRole('group', { name: 'Payment method' }).locator('label');
    expect((await tabs.allInnerTexts()).slice(0, 3)).toEqual([
      'iDEAL',
      'Card',
      'SEPA Direct Debit',
    ]);
  });

  test('shows the cards that a customer session lets through, and pays with one', async () => {
    const customer = await world.stripe.customers.create();
    const card = await world.stripe.paymentMethods.attach('pm_card_visa', {
      customer: customer.id,
    });
    await world.stripe.paymentMethods.update(card.id, { allow_redisplay: 'always' });
    const intent = await makePayment(world.stripe, { customer: customer.id });
    const session = await world.stripe.customerSessions.create({
      customer: customer.id,
      components: {
        payment_element: {
          enabled: true,
          features: {
            payment_method_redisplay: 'enabled',
            payment_method_save: 'enabled',
            payment_method_remove: 'enabled',
            payment_method_save_usage: 'off_session',
          },
        },
      },
    });
    await mountPayment(shop, {
      clientSecret: intent.client_secret,
      customerSessionClientSecret: session.client_secret,
    });
    expect(await shop.frame().getByRole('radio', { name: 'Visa •••• 4242' }).isChecked()).toBe(
      true,
    );
    await shop.run(
      `return stripe.confirmPayment({ elements: window.elements, redirect: 'if_required' });`,
    );
    expect((await shop.outcome()).result).toMatchObject({
      paymentIntent: { status: 'succeeded', payment_method: card.id },
    });
  });

  test('takes theme, variables and preset values, and leaves out what the page collects', async () => {
    const intent = await makePayment(world.stripe);
    await mountPayment(
      shop,
      {
        clientSecret: intent.client_secret,
        appearance: {
          theme: 'night',
          variables: { colorPrimary: '#ff00aa', fontSizeBase: '18px' },
        },
      },
      { fields: { billingDetails: { address: { postalCode: 'never', country: 'never' } } } },
    );
    const number = shop.frame().getByLabel('Card number');
    const style = await number.evaluate((input) => {
      const { getComputedStyle } = globalThis as unknown as StyleWindow;
      const { backgroundColor, fontSize } = getComputedStyle(input);
      return { backgroundColor, fontSize };
    });
    expect(style).toEqual({ backgroundColor: 'rgb(48, 49, 61)', fontSize: '18px' });
    expect(await shop.frame().getByLabel('Country').isVisible()).toBe(false);
    await shop.run(
      `return stripe.confirmPayment({ elements: window.elements, redirect: 'if_required' });`,
    );
    expect((await shop.outcome()).thrown?.message).toContain(
      'You specified "never" for fields.billing_details.address.country',
    );
  });

  test('grows with its content, works by keyboard alone, and is accessible on a phone too', async () => {
    await shop.page.setViewportSize({ width: 390, height: 844 });
    await mountPayment(shop, { mode: 'payment', amount: 2500, currency: 'eur' });
    const iframe = shop.page.locator('#element iframe');
    const height = async () => (await iframe.boundingBox())?.height ?? 0;
    await expect.poll(height).toBeGreaterThan(300);
    await shop.frame().getByRole('radio', { name: 'Card' }).focus();
    await shop.page.keyboard.press('ArrowRight');
    expect(await shop.frame().getByLabel('IBAN').isVisible()).toBe(true);
    for (let presses = 0; presses < 3; presses += 1) {
      const axe = await new AxeBuilder({ page: shop.page }).analyze();
      expect(axe.violations).toEqual([]);
      await shop.page.keyboard.press('ArrowRight');
    }
    const body = iframe.contentFrame().locator('body');
    const wide = await body.evaluate((node) => (node as unknown as Scrolling).scrollWidth);
    expect(wide).toBeLessThanOrEqual(358);
  });

  test('tells of a session that cannot be loaded', async () => {
    const intent = await makePayment(world.stripe);
    await world.stripe.paymentIntents.cancel(intent.id);
    const { thrown } = await mountPayment(shop, { clientSecret: intent.client_secret });
    expect(thrown).toMatchObject({
      name: 'loaderror',
      message: expect.stringContaining('terminal state') as string,
    });
    // The browser itself reports the 400 as a failed load.
    await shop.context.close();
    shop = await openShop(world);
  });
});
