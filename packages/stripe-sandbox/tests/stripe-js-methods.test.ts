import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { mountPayment, openShop, openWorld } from './stripe-js-world.ts';
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

const pay = (currency: string) => world.stripe.paymentIntents.create({ amount: 2500, currency });
const CONFIRM = `return stripe.confirmPayment({
  elements: window.elements, redirect: 'if_required',
  confirmParams: { return_url: location.origin + '/back' },
});`;

async function choose(method: string): Promise<void> {
  await shop.frame().getByRole('radio', { name: method }).check();
  await shop.frame().getByRole('button', { name: 'Fill in test values' }).click();
}

describe('in the Payment Element', () => {
  test('a SEPA debit goes on its way with the mandate that the shopper saw', async () => {
    const intent = await pay('eur');
    await mountPayment(shop, { clientSecret: intent.client_secret });
    await choose('SEPA Direct Debit');
    await shop.run(CONFIRM);
    expect((await shop.outcome()).result).toMatchObject({
      paymentIntent: { status: 'processing' },
    });
    await shop.sawNothingOf(['AT611904300234573201', '611904300234573201']);
  });

  test('iDEAL leads away and back, with how it went', async () => {
    const intent = await pay('eur');
    await mountPayment(shop, { clientSecret: intent.client_secret });
    await choose('iDEAL');
    await shop.run(CONFIRM);
    await shop.page.waitForURL(`${world.sandbox.url}/redirect/**`);
    await shop.page.getByRole('button', { name: /complete|authorize/i }).click();
    await shop.page.waitForURL('**/back?*redirect_status=succeeded*');
    expect((await world.stripe.paymentIntents.retrieve(intent.id)).status).toBe('succeeded');
  });

  test('a US bank account waits for its deposits, which the shopper then confirms', async () => {
    const customer = await world.stripe.customers.create();
    const intent = await world.stripe.setupIntents.create({
      customer: customer.id,
      allowed_payment_method_types: ['us_bank_account'],
    });
    await mountPayment(shop, { clientSecret: intent.client_secret });
    await shop.frame().getByRole('button', { name: 'Fill in test values' }).click();
    await shop.run(
      `return stripe.confirmSetup({ elements: window.elements, redirect: 'if_required' });`,
    );
    expect((await shop.outcome()).result).toMatchObject({
      setupIntent: {
        status: 'requires_action',
        next_action: { type: 'verify_with_microdeposits' },
      },
    });
    await shop.run(
      `return stripe.verifyMicrodepositsForSetup(args[0], { amounts: [32, 45] });`,
      intent.client_secret,
    );
    expect((await shop.outcome()).result).toMatchObject({ setupIntent: { status: 'succeeded' } });
  });
});

describe('by type', () => {
  test('confirmSepaDebitPayment takes an IBAN Element', async () => {
    const intent = await pay('eur');
    await shop.run(`
      const elements = stripe.elements();
      window.iban = elements.create('iban', { supportedCountries: ['SEPA'] });
      window.iban.mount('#element');
      await new Promise((resolve) => window.iban.on('ready', resolve));
      return { ready: true };
    `);
    await shop.outcome();
    await shop.frame('Secure IBAN input frame').getByLabel('IBAN').fill('DE89370400440532013000');
    await shop.run(
      `return stripe.confirmSepaDebitPayment(args[0], {
        payment_method: {
          sepa_debit: window.iban,
          billing_details: { name: 'Ada Lovelace', email: 'ada@example.com' },
        },
      });`,
      intent.client_secret,
    );
    expect((await shop.outcome()).result).toMatchObject({
      paymentIntent: { status: 'processing' },
    });
    await shop.sawNothingOf(['DE89370400440532013000']);
  });

  test('confirmAuBecsDebitPayment takes the details as they are', async () => {
    const intent = await pay('aud');
    await shop.run(
      `return stripe.confirmAuBecsDebitPayment(args[0], {
        payment_method: {
          au_becs_debit: { bsb_number: '000000', account_number: '900123456' },
          billing_details: { name: 'Ada Lovelace', email: 'ada@example.com' },
        },
      });`,
      intent.client_secret,
    );
    expect((await shop.outcome()).result).toMatchObject({
      paymentIntent: { status: 'processing' },
    });
  });

  test('confirmIdealPayment leads away to return_url', async () => {
    const intent = await pay('eur');
    await shop.run(
      `return stripe.confirmIdealPayment(args[0], {
        payment_method: { ideal: { bank: 'rabobank' }, billing_details: { name: 'Ada' } },
        return_url: location.origin + '/back',
      });`,
      intent.client_secret,
    );
    await shop.page.waitForURL(`${world.sandbox.url}/redirect/**`);
  });
});
