import type Stripe from 'stripe';
import { PUBLISHABLE_KEY } from './open-sandbox.ts';
import type { Answered, Opened } from './open-sandbox.ts';

export const CARD = { number: '4242424242424242', exp_month: 12, exp_year: 2034, cvc: '123' };
export const HOLDER = { name: 'Ada Lovelace', email: 'ada@example.com' };

/** A card form as a page sends it. */
export function typedCard(number = CARD.number): object {
  return { paymentMethod: { kind: 'card', card: { ...CARD, number }, ...HOLDER } };
}

/** Posts to a checkout page's own calls, as its browser does: with the publishable key and the secret. */
export async function postPage(
  opened: Opened,
  session: Stripe.Checkout.Session,
  call: 'confirm' | 'remove',
  body: object,
): Promise<Answered> {
  const secret = session.client_secret === null ? {} : { client_secret: session.client_secret };
  return opened.call(`/v1/payment_pages/${session.id}/${call}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${PUBLISHABLE_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...secret, ...body }),
  });
}

/** Presses the button of a checkout page. */
export async function press(
  opened: Opened,
  session: Stripe.Checkout.Session,
  body: object = typedCard(),
): Promise<Answered> {
  return postPage(opened, session, 'confirm', body);
}

/** Reads what a page shows. */
export async function viewPage(
  opened: Opened,
  session: Stripe.Checkout.Session,
  secret: string | null = session.client_secret,
): Promise<Answered> {
  const query = secret === null ? '' : `?client_secret=${secret}`;
  return opened.call(`/v1/payment_pages/${session.id}${query}`, {
    headers: { authorization: `Bearer ${PUBLISHABLE_KEY}` },
  });
}

/** Presses Complete or Fail on the page of a bank. */
export async function endChallenge(
  opened: Opened,
  intentId: unknown,
  outcome: 'complete' | 'fail',
): Promise<Answered> {
  return opened.call(`/_challenge/${String(intentId)}/${outcome}`, {
    method: 'POST',
    headers: { accept: 'application/json' },
  });
}

/** The types of all events so far, oldest first; `about` keeps those whose object has this id. */
export async function eventTypes(opened: Opened, about?: string): Promise<string[]> {
  const { data } = await opened.stripe.events.list({ limit: 100 });
  return data
    .filter(
      ({ data: { object } }) => about === undefined || ('id' in object && object.id === about),
    )
    .map(({ type }) => type)
    .reverse();
}

/** Moves the sandbox's clock. */
export async function advance(opened: Opened, seconds: number): Promise<void> {
  await opened.call('/_sandbox/clock', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advanceSeconds: seconds }),
  });
}
