import { describe, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { eventsAbout, newCustomer, paymentSession, setupSession } from './make-objects.ts';
import { BANK_TIMEOUT, RETURN_URL, ask, passTime, stripe, until } from './open-stripe.ts';

const euros = (customer: string): Promise<Stripe.Checkout.Session> =>
  paymentSession({
    customer,
    allowed_payment_method_types: ['sepa_debit'],
    line_items: [
      {
        price_data: { currency: 'eur', unit_amount: 1099, product_data: { name: 'A thing' } },
        quantity: 1,
      },
    ],
  });

async function payBySepa(session: Stripe.Checkout.Session, iban: string): Promise<void> {
  const method = await stripe.paymentMethods.create({
    type: 'sepa_debit',
    sepa_debit: { iban },
    billing_details: {
      name: 'Ada Lovelace',
      email: 'ada@example.com',
      address: { line1: 'Ring 1', city: 'Wien', postal_code: '1010', country: 'AT' },
    },
  });
  await ask('POST', `/v1/payment_pages/${session.id}/confirm`, {
    payment_method: method.id,
    ...(session.mode === 'payment' ? { expected_amount: session.amount_total } : {}),
  });
}

describe('a session paid by a debit', () => {
  test(
    'is complete and unpaid, until the bank has paid',
    async () => {
      const session = await euros(await newCustomer());
      await payBySepa(session, 'AT611904300234573201');
      const submitted = await stripe.checkout.sessions.retrieve(session.id, {
        expand: ['payment_intent'],
      });
      expect(submitted).toMatchObject({
        status: 'complete',
        payment_status: 'unpaid',
        payment_intent: { status: 'processing' },
      });
      await eventsAbout(session.id, ['checkout.session.completed']);
      await passTime(3600);
      await eventsAbout(session.id, ['checkout.session.async_payment_succeeded']);
      const paid = await until(async () => {
        const now = await stripe.checkout.sessions.retrieve(session.id);
        return now.payment_status === 'paid' ? now : undefined;
      });
      expect(paid.status).toBe('complete');
      expect(paid.success_url).toBe(RETURN_URL);
    },
    BANK_TIMEOUT,
  );

  test(
    'stays unpaid when the bank refuses',
    async () => {
      const session = await euros(await newCustomer());
      await payBySepa(session, 'AT861904300235473202');
      await passTime(3600);
      await eventsAbout(session.id, ['checkout.session.async_payment_failed']);
      const failed = await stripe.checkout.sessions.retrieve(session.id, {
        expand: ['payment_intent'],
      });
      expect(failed).toMatchObject({
        status: 'complete',
        payment_status: 'unpaid',
        payment_intent: { status: 'requires_payment_method' },
      });
    },
    BANK_TIMEOUT,
  );
});

test('a setup session for a debit leaves a mandate and a method that can be charged', async () => {
  const customer = await newCustomer();
  const session = await setupSession({
    customer,
    currency: 'eur',
    allowed_payment_method_types: ['sepa_debit'],
  });
  await payBySepa(session, 'AT611904300234573201');
  const done = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ['setup_intent.mandate'],
  });
  expect(done).toMatchObject({
    status: 'complete',
    setup_intent: { status: 'succeeded', mandate: { object: 'mandate', status: 'active' } },
  });
  const { data } = await stripe.paymentMethods.list({ customer, type: 'sepa_debit' });
  expect(data).toMatchObject([{ sepa_debit: { last4: '3201' } }]);
});
