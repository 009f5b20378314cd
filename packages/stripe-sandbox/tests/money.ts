import type Stripe from 'stripe';
import { control } from './control.ts';
import type { Opened } from './open-sandbox.ts';

/** Moves the sandbox's clock on; what is due by then has happened afterwards. */
export async function moveClock(opened: Opened, seconds: number): Promise<void> {
  await control(opened, 'POST', 'clock', { advanceSeconds: seconds });
}

/** What was told about a PaymentIntent and its charges, refunds and disputes, oldest first. */
export async function eventTypes(stripe: Stripe, intentId: string): Promise<string[]> {
  const types: string[] = [];
  for await (const event of stripe.events.list({ limit: 100 })) {
    const object = event.data.object as { id?: string; payment_intent?: unknown };
    if (object.id === intentId || object.payment_intent === intentId) types.unshift(event.type);
    if (event.type === 'payment_intent.created' && object.id === intentId) break;
  }
  return types;
}

/** What the page of a bank posts when the shopper presses one of its buttons. */
export async function endChallenge(
  opened: Opened,
  intentId: string,
  outcome: 'complete' | 'fail',
): Promise<string | null> {
  const answer = await fetch(`${opened.sandbox.url}/_challenge/${intentId}/${outcome}`, {
    method: 'POST',
    redirect: 'manual',
  });
  return answer.headers.get('location');
}

/** The shopper's consent to be debited, as a page reports it. */
export const AGREED: Stripe.PaymentIntentCreateParams.MandateData = {
  customer_acceptance: {
    type: 'online',
    online: { ip_address: '203.0.113.7', user_agent: 'Firefox' },
  },
};
export const NO_REDIRECTS = { enabled: true, allow_redirects: 'never' } as const;

/** Debits 50.00 of a bank account, with its owner's consent. */
export async function debit(
  stripe: Stripe,
  method: string,
  more: Partial<Stripe.PaymentIntentCreateParams> = {},
): Promise<Stripe.PaymentIntent> {
  return stripe.paymentIntents.create({
    amount: 5000,
    currency: 'eur',
    payment_method: method,
    confirm: true,
    automatic_payment_methods: NO_REDIRECTS,
    mandate_data: AGREED,
    expand: ['latest_charge'],
    ...more,
  });
}

export const BACK = 'http://localhost:3000/back';

/** Pays 20.00 with a method, its owner being present; the charge comes with the intent. */
export async function pay(
  stripe: Stripe,
  method: string,
  more: Partial<Stripe.PaymentIntentCreateParams> = {},
): Promise<Stripe.PaymentIntent> {
  return stripe.paymentIntents.create({
    amount: 2000,
    currency: 'usd',
    payment_method: method,
    confirm: true,
    return_url: BACK,
    expand: ['latest_charge'],
    ...more,
  });
}

/** The expanded charge of an intent. */
export function chargeOf(intent: Stripe.PaymentIntent): Stripe.Charge {
  return intent.latest_charge as Stripe.Charge;
}
