import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSandbox, refusal } from './open-sandbox.ts';
import type { Opened } from './open-sandbox.ts';
import { LEAST, refusedSession, testRefusals } from './refused-session.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await openSandbox();
});
afterAll(async () => {
  await opened.sandbox.close();
});

describe('who buys', () => {
  let customer: string;
  beforeAll(async () => {
    customer = (await opened.stripe.customers.create()).id;
  });

  test.each([
    ['customer_email', 'ada@example.com'],
    ['customer_creation', 'always'],
  ])('customer excludes %s', async (name, value) => {
    const error = await refusedSession(opened, { ...LEAST.setup, customer, [name]: value });
    expect(error.message).toBe(`You may only specify one of these parameters: customer, ${name}.`);
    expect(error.param).toBe('customer');
  });

  test('customer excludes customer_account', async () => {
    const error = await refusedSession(opened, {
      ...LEAST.setup,
      customer,
      customer_account: 'acct_1',
    });
    expect(error).toMatchObject({ code: 'parameters_exclusive', param: 'customer' });
  });

  testRefusals(
    () => opened,
    [
      [
        'an unknown customer',
        { ...LEAST.setup, customer: 'cus_x' },
        "No such customer: 'cus_x'",
        'customer',
      ],
      [
        'an unknown account',
        { ...LEAST.setup, customer_account: 'acct_x' },
        "No such account: 'acct_x'",
        'customer_account',
      ],
      [
        'customer_update of nobody',
        { ...LEAST.payment, customer_update: { name: 'auto' } },
        '`customer_update` can only be used with `customer`.',
        'customer_update',
      ],
      [
        'a strange e-mail',
        { ...LEAST.payment, customer_email: 'ada' },
        'Invalid email address: ada',
        'customer_email',
      ],
      [
        'a long reference',
        { ...LEAST.setup, client_reference_id: 'x'.repeat(201) },
        'must be at most 200 characters',
        'client_reference_id',
      ],
    ],
  );

  test('a deleted customer counts as missing', async () => {
    const gone = await opened.stripe.customers.create();
    await opened.stripe.customers.del(gone.id);
    expect(await refusedSession(opened, { ...LEAST.setup, customer: gone.id })).toMatchObject({
      statusCode: 400,
      code: 'resource_missing',
      param: 'customer',
    });
  });
});

describe('texts, consent and times', () => {
  const field = { key: 'size', type: 'text', label: { type: 'custom', custom: 'Size' } };
  const dropdown = { ...field, type: 'dropdown' };
  testRefusals(
    () => opened,
    [
      [
        'a long text',
        { ...LEAST.setup, custom_text: { submit: { message: 'x'.repeat(1201) } } },
        'at most 1200 characters',
        'custom_text[submit][message]',
      ],
      [
        'words for a terms box that is not there',
        { ...LEAST.setup, custom_text: { terms_of_service_acceptance: { message: 'I agree' } } },
        'when `consent_collection[terms_of_service]` is `required`',
        'custom_text[terms_of_service_acceptance]',
      ],
      [
        'four fields',
        { ...LEAST.payment, custom_fields: ['a', 'b', 'c', 'd'].map((key) => ({ ...field, key })) },
        'at most 3 custom fields',
        'custom_fields',
      ],
      [
        'a field twice',
        { ...LEAST.payment, custom_fields: [field, field] },
        'must be unique',
        'custom_fields',
      ],
      [
        'a key with a space',
        { ...LEAST.payment, custom_fields: [{ ...field, key: 'a b' }] },
        'must be alphanumeric',
        'custom_fields[0][key]',
      ],
      [
        'a dropdown without options',
        { ...LEAST.payment, custom_fields: [dropdown] },
        'A dropdown has 1 to 200 options.',
        'custom_fields[0][dropdown][options]',
      ],
      [
        'the settings of another type of field',
        { ...LEAST.payment, custom_fields: [{ ...field, numeric: { maximum_length: 2 } }] },
        'You can not pass `numeric` for a custom field of type `text`.',
        'custom_fields[0][numeric]',
      ],
      [
        '29 minutes',
        { ...LEAST.setup, expires_at: Math.floor(Date.now() / 1000) + 29 * 60 },
        'The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.',
        undefined,
      ],
      [
        '25 hours',
        { ...LEAST.setup, expires_at: Math.floor(Date.now() / 1000) + 25 * 3600 },
        'must be less than 24 hours',
        undefined,
      ],
      [
        'a colour that is none',
        { ...LEAST.payment, branding_settings: { button_color: 'red' } },
        'Invalid color',
        'branding_settings[button_color]',
      ],
      [
        'six ways to ship',
        {
          ...LEAST.payment,
          shipping_options: Array.from({ length: 6 }, () => ({
            shipping_rate_data: {
              display_name: 'Post',
              type: 'fixed_amount',
              fixed_amount: { amount: 100, currency: 'usd' },
            },
          })),
        },
        'at most 5 shipping options',
        'shipping_options',
      ],
    ],
  );

  test('a terms box needs terms in the account', async () => {
    const bare = await openSandbox({ termsUrl: null });
    const create = bare.stripe.checkout.sessions.create({
      mode: 'setup',
      currency: 'usd',
      success_url: LEAST.address,
      consent_collection: { terms_of_service: 'required' },
    });
    const error = await refusal(create);
    expect(error.param).toBe('consent_collection[terms_of_service]');
    expect(error.message).toContain('You cannot collect consent to your terms of service unless');
    await bare.sandbox.close();
  });
});
