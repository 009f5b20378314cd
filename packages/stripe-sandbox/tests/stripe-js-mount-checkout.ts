import type Stripe from 'stripe';
import { expect } from 'vitest';
import type { Shop } from './stripe-js-world.ts';

/** What a shop does at first: `initCheckoutElementsSdk`, `loadActions`, a mounted Payment Element. */
export async function mountCheckout(
  shop: Shop,
  session: Stripe.Checkout.Session,
  options: object = {},
): Promise<void> {
  await shop.run(
    `window.checkout = stripe.initCheckoutElementsSdk({ clientSecret: Promise.resolve(args[0]), ...args[1] });
     window.checkout.on('change', (session) => window.events.push({ canConfirm: session.canConfirm }));
     const payment = window.checkout.createPaymentElement();
     const ready = new Promise((resolve) => payment.on('ready', resolve));
     payment.mount('#element');
     const loaded = await window.checkout.loadActions();
     window.actions = loaded.actions;
     await ready;
     return { type: loaded.type };`,
    session.client_secret,
    options,
  );
  expect(await shop.outcome()).toMatchObject({ result: { type: 'success' } });
}
