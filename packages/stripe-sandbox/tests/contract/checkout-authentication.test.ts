import { describe, expect } from 'vitest';
import type Stripe from 'stripe';
import {
  chargeOffSession,
  completeCheckout,
  eventsAbout,
  idOf,
  newCustomer,
  paymentSession,
  setupSession,
} from './make-objects.ts';
import { ask, pressChallenge, sandboxOnly, stripe } from './open-stripe.ts';

const button = sandboxOnly("presses the bank's button");
const page = sandboxOnly('presses the button of the page');

type Submitted = { intent_id?: string; status: string };

/** Submits a session with a card that asks for 3D Secure; gives the intent to authenticate. */
async function submit(session: Stripe.Checkout.Session, token: string): Promise<string> {
  const method = await stripe.paymentMethods.create({ type: 'card', card: { token } });
  const path = `/v1/payment_pages/${session.id}/confirm`;
  const submitted = await ask<Submitted>('POST', path, { payment_method: method.id });
  expect(submitted.status).toBe('requires_action');
  return submitted.intent_id ?? '';
}

const again = (session: Stripe.Checkout.Session): Promise<Stripe.Checkout.Session> =>
  stripe.checkout.sessions.retrieve(session.id);

describe('a shopper whose bank asks for 3D Secure in Checkout', () => {
  for (const [mode, start] of [
    ['setup', setupSession],
    ['payment', paymentSession],
  ] as const) {
    button(`authenticates, and the ${mode} session is complete`, async () => {
      const session = await start({ customer: await newCustomer() });
      const intent = await submit(session, 'tok_threeDSecure2Required');
      expect((await again(session)).status).toBe('open');
      await pressChallenge(intent, 'complete');
      expect((await again(session)).status).toBe('complete');
      await eventsAbout(session.id, ['checkout.session.completed']);
    });

    button(`fails, and the ${mode} session takes another card`, async () => {
      const session = await start({ customer: await newCustomer() });
      const intent = await submit(session, 'tok_threeDSecure2Required');
      await pressChallenge(intent, 'fail');
      expect((await again(session)).status).toBe('open');
      await completeCheckout(session);
      expect((await again(session)).status).toBe('complete');
    });
  }

  button('can then be charged off-session with …3155', async () => {
    const customer = await newCustomer();
    const session = await setupSession({ customer });
    const intent = await submit(session, 'tok_authenticationRequiredOnSetup');
    await pressChallenge(intent, 'complete');
    const setup = await stripe.setupIntents.retrieve(intent);
    const saved = { customer, payment_method: idOf(setup.payment_method) };
    expect((await chargeOffSession(saved)).status).toBe('succeeded');
  });
});

describe('the box that saves a card', () => {
  const session = async (customer: string, more: object = {}) =>
    paymentSession({
      customer,
      saved_payment_method_options: { payment_method_save: 'enabled' },
      ...more,
    });

  async function pay(paid: Stripe.Checkout.Session, savePaymentMethod: boolean): Promise<void> {
    const card = { token: 'tok_visa' };
    const method = await stripe.paymentMethods.create({ type: 'card', card });
    await ask('POST', `/v1/payment_pages/${paid.id}/confirm`, {
      payment_method: method.id,
      savePaymentMethod,
    });
  }
  const redisplay = async (customer: string): Promise<(string | undefined)[]> =>
    (await stripe.paymentMethods.list({ customer })).data.map((method) => method.allow_redisplay);

  page('ticked saves it to be shown again', async () => {
    const customer = await newCustomer();
    await pay(await session(customer), true);
    expect(await redisplay(customer)).toEqual(['always']);
  });

  page('unticked saves nothing', async () => {
    const customer = await newCustomer();
    await pay(await session(customer), false);
    expect(await redisplay(customer)).toEqual([]);
  });

  const future = { payment_intent_data: { setup_future_usage: 'off_session' } };
  page('unticked saves it with setup_future_usage, not to be shown', async () => {
    const customer = await newCustomer();
    await pay(await session(customer, future), false);
    expect(await redisplay(customer)).toEqual(['limited']);
  });

  page('ticked with setup_future_usage saves it to be shown', async () => {
    const customer = await newCustomer();
    await pay(await session(customer, future), true);
    expect(await redisplay(customer)).toEqual(['always']);
  });

  page('is overruled by what the session says', async () => {
    const customer = await newCustomer();
    const told = { payment_method_data: { allow_redisplay: 'limited' } };
    await pay(await session(customer, told), true);
    expect(await redisplay(customer)).toEqual(['limited']);
  });
});
