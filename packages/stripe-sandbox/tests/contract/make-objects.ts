import type Stripe from 'stripe';
import { MARK, RETURN_URL, ask, stripe, until } from './open-stripe.ts';

/** A customer with an attached card. */
type Saved = { customer: string; payment_method: string };

export async function newCustomer(more: Stripe.CustomerCreateParams = {}): Promise<string> {
  const made = await stripe.customers.create({ email: 'ada@example.com', metadata: MARK, ...more });
  return made.id;
}

/** Attaches the card behind a template such as `pm_card_visa` to a new customer. */
export async function saveCard(template = 'pm_card_visa'): Promise<Saved> {
  const customer = await newCustomer();
  const method = await stripe.paymentMethods.attach(template, { customer });
  return { customer, payment_method: method.id };
}

/** Only methods that need no redirect: such an intent can be confirmed without a return_url. */
const NO_REDIRECTS = {
  automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
} as const;

type IntentMore = Partial<Stripe.PaymentIntentCreateParams>;

/** An intent of 10.99 USD, unconfirmed unless `more` says otherwise. */
export async function newIntent(more: IntentMore = {}): Promise<Stripe.PaymentIntent> {
  return stripe.paymentIntents.create({
    amount: 1099,
    currency: 'usd',
    metadata: MARK,
    ...NO_REDIRECTS,
    ...more,
  });
}

/** What a merchant sends to charge a saved method while its owner is away. */
export async function chargeOffSession(
  saved: Saved,
  more: IntentMore = {},
): Promise<Stripe.PaymentIntent> {
  return newIntent({ ...saved, off_session: true, confirm: true, ...more });
}

/** What a merchant sends while the shopper is there and may be asked to authenticate. */
export async function chargeOnSession(
  template: string,
  more: IntentMore = {},
): Promise<Stripe.PaymentIntent> {
  return newIntent({
    payment_method: template,
    confirm: true,
    return_url: RETURN_URL,
    automatic_payment_methods: { enabled: true },
    ...more,
  });
}

/** A SetupIntent for off-session use, confirmed with `payment_method` when there is one. */
export async function newSetup(
  more: Stripe.SetupIntentCreateParams = {},
): Promise<Stripe.SetupIntent> {
  return stripe.setupIntents.create({ metadata: MARK, ...NO_REDIRECTS, ...more });
}

type SessionMore = { [name in keyof Stripe.Checkout.SessionCreateParams]?: unknown };

/** A setup-mode session on Stripe's page. */
export async function setupSession(more: SessionMore = {}): Promise<Stripe.Checkout.Session> {
  return ask<Stripe.Checkout.Session>('POST', '/v1/checkout/sessions', {
    mode: 'setup',
    currency: 'usd',
    success_url: RETURN_URL,
    metadata: MARK,
    ...more,
  });
}

/** One thing for 10.99 USD. */
export const ONE_ITEM = [
  {
    price_data: { currency: 'usd', unit_amount: 1099, product_data: { name: 'A thing' } },
    quantity: 1,
  },
];

/** A payment-mode session of 10.99 USD on Stripe's page. */
export async function paymentSession(more: SessionMore = {}): Promise<Stripe.Checkout.Session> {
  return ask<Stripe.Checkout.Session>('POST', '/v1/checkout/sessions', {
    mode: 'payment',
    line_items: ONE_ITEM,
    success_url: RETURN_URL,
    metadata: MARK,
    ...more,
  });
}

/** What Checkout's page does when the shopper presses the button, as the Stripe CLI does it. */
export async function completeCheckout(
  session: Stripe.Checkout.Session,
  token = 'tok_visa',
): Promise<void> {
  const method = await stripe.paymentMethods.create({
    type: 'card',
    card: { token },
    billing_details: {
      name: 'Ada Lovelace',
      email: 'ada@example.com',
      address: { line1: '1 Main St', city: 'Springfield', postal_code: '12345', country: 'US' },
    },
  });
  await ask('POST', `/v1/payment_pages/${session.id}/confirm`, {
    payment_method: method.id,
    ...(session.mode === 'payment' ? { expected_amount: session.amount_total } : {}),
  });
}

/** Waits for events about an object. Their order is not Stripe's promise, so nobody looks at it. */
export async function eventsAbout(id: string, types: string[]): Promise<Stripe.Event[]> {
  return until(async () => {
    const { data } = await stripe.events.list({ types, limit: 100 });
    const found = data.filter(({ data: { object } }) => 'id' in object && object.id === id);
    const seen = new Set<string>(found.map(({ type }) => type));
    return types.every((type) => seen.has(type)) ? found : undefined;
  });
}

/** The id of what may have been expanded. */
export function idOf(value: string | { id: string } | null | undefined): string {
  return typeof value === 'string' ? value : (value?.id ?? '');
}

/** The charge behind an intent. */
export async function latestCharge(intent: Stripe.PaymentIntent): Promise<Stripe.Charge> {
  return stripe.charges.retrieve(idOf(intent.latest_charge));
}
