import Stripe from 'stripe';
import { createSandbox } from '../src/server.ts';
import type { Sandbox, SandboxOptions } from '../src/server.ts';
import { watchAnswer, watchClient, watchEvents } from './conformance/watch-answers.ts';

export const SECRET_KEY = 'sk_test_contractsuite';
export const PUBLISHABLE_KEY = 'pk_test_contractsuite';

export type Opened = {
  sandbox: Sandbox;
  /** The real, unmodified SDK. */
  stripe: Stripe;
  /** A raw call with the secret key unless headers say otherwise. */
  call(path: string, init?: RequestInit): Promise<Answered>;
};
export type Answered = { status: number; headers: Headers; body: Body };
type Body = { [field: string]: unknown; error?: { [field: string]: unknown } };

/**
 * A sandbox on a free port with the SDK pointed at it. Every answer and event is held against the SDK's
 * types (`conformance/`): one that doesn't fit fails the test.
 */
export async function openSandbox(options: SandboxOptions = {}): Promise<Opened> {
  const sandbox = watchEvents(await createSandbox(options));
  return {
    sandbox,
    stripe: openStripe(sandbox, SECRET_KEY),
    async call(path, init = {}) {
      const headers = new Headers({ authorization: `Bearer ${SECRET_KEY}`, ...init.headers });
      const response = await fetch(`${sandbox.url}${path}`, { ...init, headers });
      const body = (await response.json()) as Body;
      const key = headers.get('authorization')?.replace('Bearer ', '') ?? '';
      watchAnswer(`${init.method ?? 'GET'} ${path}`, key, response.status, body);
      return { status: response.status, headers: response.headers, body };
    },
  };
}

export function openStripe(sandbox: Sandbox, key: string): Stripe {
  const stripe = new Stripe(key, {
    host: '127.0.0.1',
    port: sandbox.port,
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
    emitEventBodies: true,
  });
  return watchClient(stripe, key);
}

/** The error a call is refused with; fails when it is not refused. */
export async function refusal(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return error;
    throw error;
  }
  throw new Error('The call went through.');
}

/** Waits until `check` holds, at most 5 seconds. */
export async function until(check: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 5000;
  while (!(await check())) {
    if (Date.now() > end) throw new Error('It did not happen within 5 seconds.');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Sends what a checkout page sends when the shopper presses the button. */
export async function pressCheckoutButton(
  opened: Opened,
  session: Stripe.Checkout.Session,
  number: string,
): Promise<Answered> {
  const card = { number, exp_month: 12, exp_year: 2034, cvc: '123' };
  return opened.call(`/v1/payment_pages/${session.id}/confirm`, {
    method: 'POST',
    headers: { authorization: `Bearer ${PUBLISHABLE_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      paymentMethod: { kind: 'card', card, name: 'Ada Lovelace', email: 'ada@example.com' },
      ...(session.client_secret === null ? {} : { client_secret: session.client_secret }),
    }),
  });
}

/** A customer with a saved card. */
export async function saveCard(
  stripe: Stripe,
  template: string,
): Promise<{ customer: string; method: string }> {
  const customer = await stripe.customers.create({ email: 'ada@example.com' });
  const method = await stripe.paymentMethods.attach(template, { customer: customer.id });
  return { customer: customer.id, method: method.id };
}

/** What staff do: charge a saved card while its owner is away. */
export function offSessionCharge(saved: {
  customer: string;
  method: string;
}): Stripe.PaymentIntentCreateParams {
  return {
    amount: 1099,
    currency: 'usd',
    customer: saved.customer,
    payment_method: saved.method,
    off_session: true,
    confirm: true,
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
  };
}
