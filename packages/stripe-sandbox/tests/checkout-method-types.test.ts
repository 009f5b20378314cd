import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSandbox } from './open-sandbox.ts';
import type { Opened } from './open-sandbox.ts';
import { LEAST, testRefusals } from './refused-session.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await openSandbox();
});
afterAll(async () => {
  await opened.sandbox.close();
});

describe('ways to pay', () => {
  testRefusals(
    () => opened,
    [
      [
        'none that fits the currency',
        { ...LEAST.setup, allowed_payment_method_types: ['sepa_debit'] },
        'No valid payment method types for this Checkout Session.',
        'allowed_payment_method_types',
      ],
      [
        'the last one excluded',
        { ...LEAST.setup, currency: 'jpy', excluded_payment_method_types: ['card'] },
        'No valid payment method types for this Checkout Session.',
        'excluded_payment_method_types',
      ],
      [
        'a mandate prefix that is Stripe’s own',
        {
          ...LEAST.setup,
          currency: 'eur',
          payment_method_options: {
            sepa_debit: { mandate_options: { reference_prefix: 'STRIPE1' } },
          },
        },
        'Invalid reference_prefix',
        'payment_method_options[sepa_debit][mandate_options][reference_prefix]',
      ],
      [
        'a verification that Checkout has not',
        {
          ...LEAST.setup,
          payment_method_options: { us_bank_account: { verification_method: 'microdeposits' } },
        },
        'must be automatic or instant',
        'payment_method_options[us_bank_account][verification_method]',
      ],
      [
        'a debit that cannot be kept in Checkout',
        {
          ...LEAST.payment,
          payment_method_options: { au_becs_debit: { setup_future_usage: 'off_session' } },
        },
        'payment_method_options[au_becs_debit][setup_future_usage]',
        'payment_method_options[au_becs_debit][setup_future_usage]',
      ],
      [
        'managed payments',
        { ...LEAST.payment, managed_payments: { enabled: true } },
        'no Managed Payments',
        'managed_payments',
      ],
    ],
  );

  test.each<[string, object, string[]]>([
    ['dollars', { ...LEAST.setup }, ['card', 'us_bank_account']],
    [
      'euros in setup mode',
      { ...LEAST.setup, currency: 'eur' },
      ['card', 'sepa_debit', 'ideal', 'bancontact'],
    ],
    ['Australian dollars', { ...LEAST.setup, currency: 'aud' }, ['card', 'au_becs_debit']],
    ['yen', { ...LEAST.setup, currency: 'jpy' }, ['card']],
    [
      'an allowed list without a currency',
      { ...LEAST.setup, currency: undefined, allowed_payment_method_types: ['card', 'sepa_debit'] },
      ['card', 'sepa_debit'],
    ],
    [
      'an excluded debit',
      { ...LEAST.setup, excluded_payment_method_types: ['us_bank_account'] },
      ['card'],
    ],
    ['dollars paid', LEAST.payment, ['card', 'us_bank_account', 'alipay']],
    ['a hold', { ...LEAST.payment, payment_intent_data: { capture_method: 'manual' } }, ['card']],
    [
      'saving for later',
      { ...LEAST.payment, payment_intent_data: { setup_future_usage: 'off_session' } },
      ['card', 'us_bank_account'],
    ],
    [
      'euros paid',
      {
        ...LEAST.payment,
        line_items: [{ ...LEAST.item, price_data: { ...LEAST.price, currency: 'eur' } }],
      },
      ['card', 'sepa_debit', 'ideal', 'bancontact', 'eps', 'p24', 'alipay'],
    ],
    [
      'euros paid without leaving the page',
      {
        ...LEAST.payment,
        ...LEAST.embedded,
        redirect_on_completion: 'never',
        line_items: [{ ...LEAST.item, price_data: { ...LEAST.price, currency: 'eur' } }],
      },
      ['card', 'sepa_debit'],
    ],
  ])('offers what fits %s', async (_story, params, types) => {
    const session = await opened.stripe.checkout.sessions.create(params);
    expect(session.payment_method_types).toEqual(types);
  });
});
