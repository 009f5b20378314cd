import { afterAll, beforeAll, expect, test } from 'vitest';
import type Stripe from 'stripe';
import { control } from './control.ts';
import { offSessionCharge, openSandbox, saveCard } from './open-sandbox.ts';
import type { Opened } from './open-sandbox.ts';

let opened: Opened;
let stripe: Stripe;
beforeAll(async () => {
  opened = await openSandbox();
  stripe = opened.stripe;
});
afterAll(async () => {
  await opened.sandbox.close();
});

const does = (path: string, body?: object): Promise<{ id: string; status: string }> =>
  control(opened, 'POST', path, body);

async function eventTypes(): Promise<string[]> {
  const { data } = await stripe.events.list({ limit: 100 });
  return data.map(({ type }) => type);
}

async function pay(): Promise<string> {
  const saved = await saveCard(stripe, 'pm_card_visa');
  const intent = await stripe.paymentIntents.create(offSessionCharge(saved));
  return typeof intent.latest_charge === 'string' ? intent.latest_charge : '';
}

test('a card network renews a saved card', async () => {
  const { method } = await saveCard(stripe, 'pm_card_visa');
  await does(`payment_methods/${method}/update`, { exp_month: 3, exp_year: 2040, last4: '1881' });
  const { card } = await stripe.paymentMethods.retrieve(method);
  expect(card).toMatchObject({ exp_month: 3, exp_year: 2040, last4: '1881' });
  const [event] = (await stripe.events.list({ type: 'payment_method.automatically_updated' })).data;
  expect(event?.request).toMatchObject({ id: null });
  expect(event?.data.previous_attributes).toMatchObject({ card: { last4: '4242' } });
  await expect(does(`payment_methods/${method}/update`, { last4: '42424' })).rejects.toThrow('400');
});

test('a shopper disputes a charge, and the bank decides for the merchant', async () => {
  const charge = await pay();
  const dispute = await does(`charges/${charge}/dispute`, { reason: 'product_not_received' });
  expect((await stripe.charges.retrieve(charge)).disputed).toBe(true);
  expect((await stripe.disputes.retrieve(dispute.id)).reason).toBe('product_not_received');
  await does(`disputes/${dispute.id}/close`, { status: 'won' });
  expect((await stripe.disputes.retrieve(dispute.id)).status).toBe('won');
  expect(await eventTypes()).toEqual(
    expect.arrayContaining([
      'charge.dispute.created',
      'charge.dispute.funds_withdrawn',
      'charge.dispute.closed',
      'charge.dispute.funds_reinstated',
    ]),
  );
});

test('an inquiry takes no money, and is closed without a dispute', async () => {
  const charge = await pay();
  const inquiry = await does(`charges/${charge}/dispute`, { inquiry: true });
  expect(inquiry.status).toBe('warning_needs_response');
  const closed = await does(`disputes/${inquiry.id}/close`, { status: 'warning_closed' });
  expect(closed.status).toBe('warning_closed');
});

test('a shopper revokes a mandate', async () => {
  const intent = await stripe.setupIntents.create({
    confirm: true,
    return_url: 'http://localhost:3000/done',
    payment_method_data: {
      type: 'sepa_debit',
      sepa_debit: { iban: 'AT611904300234573201' },
      billing_details: { name: 'Ada Lovelace', email: 'ada@example.com' },
    },
    mandate_data: { customer_acceptance: { type: 'offline' } },
  });
  const mandate = typeof intent.mandate === 'string' ? intent.mandate : '';
  expect((await does(`mandates/${mandate}/revoke`)).status).toBe('inactive');
  expect((await stripe.mandates.retrieve(mandate)).status).toBe('inactive');
  expect(await eventTypes()).toContain('mandate.updated');
});

test('what is not there can not be acted on', async () => {
  for (const path of [
    'payment_methods/pm_unknown/update',
    'mandates/mandate_unknown/revoke',
    'charges/ch_unknown/dispute',
  ]) {
    await expect(does(path)).rejects.toThrow('404');
  }
});
