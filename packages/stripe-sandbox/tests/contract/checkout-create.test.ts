import { describe, test } from 'vitest';
import { ONE_ITEM, newCustomer } from './make-objects.ts';
import { RETURN_URL, believed, stripe } from './open-stripe.ts';
import { PAYMENT, SETUP, containing, refused } from './refused-checkout.ts';
import type { RefusedCase } from './refused-checkout.ts';

const EMBEDDED_SETUP = {
  mode: 'setup',
  currency: 'usd',
  ui_mode: 'embedded_page',
  return_url: RETURN_URL,
};
const ELEMENTS_PAYMENT = {
  mode: 'payment',
  ui_mode: 'elements',
  line_items: ONE_ITEM,
  return_url: RETURN_URL,
};

describe('what does not go with the mode', () => {
  const cases: RefusedCase[] = [
    [
      'line_items in setup',
      { ...SETUP, line_items: ONE_ITEM },
      { message: containing('You can not pass `line_items` in `setup` mode.') },
    ],
    ['payment_intent_data in setup', { ...SETUP, payment_intent_data: { description: 'x' } }, {}],
    ['subscription_data in setup', { ...SETUP, subscription_data: { description: 'x' } }, {}],
    [
      'saved_payment_method_options in setup',
      { ...SETUP, saved_payment_method_options: { payment_method_save: 'enabled' } },
      {},
    ],
    ['submit_type in setup', { ...SETUP, submit_type: 'book' }, {}],
    [
      'phone_number_collection in setup',
      { ...SETUP, phone_number_collection: { enabled: true } },
      {},
    ],
    ['setup_intent_data in payment', { ...PAYMENT, setup_intent_data: { description: 'x' } }, {}],
    ['subscription_data in payment', { ...PAYMENT, subscription_data: { description: 'x' } }, {}],
    [
      'payment_method_collection in payment',
      { ...PAYMENT, payment_method_collection: 'always' },
      {},
    ],
  ];
  test.each(cases)('is refused: %s', async (_name, params, expected) => refused(params, expected));
});

describe('what does not go with the ui_mode', () => {
  const unsupported = {
    message: containing("The following parameters are not supported with 'ui_mode:"),
  };
  const cases: RefusedCase[] = [
    ['success_url embedded', { ...EMBEDDED_SETUP, success_url: RETURN_URL }, unsupported],
    ['cancel_url embedded', { ...EMBEDDED_SETUP, cancel_url: RETURN_URL }, unsupported],
    ['success_url in elements', { ...ELEMENTS_PAYMENT, success_url: RETURN_URL }, unsupported],
    ['cancel_url in elements', { ...ELEMENTS_PAYMENT, cancel_url: RETURN_URL }, unsupported],
    ['return_url on the hosted page', { ...SETUP, return_url: RETURN_URL }, {}],
    [
      'custom_text in elements',
      { ...ELEMENTS_PAYMENT, custom_text: { submit: { message: 'x' } } },
      {},
    ],
    [
      'custom_fields in elements',
      {
        ...ELEMENTS_PAYMENT,
        custom_fields: [{ key: 'a', type: 'text', label: { type: 'custom', custom: 'A' } }],
      },
      {},
    ],
    ['submit_type in elements', { ...ELEMENTS_PAYMENT, submit_type: 'book' }, {}],
    [
      'after_expiration in elements',
      { ...ELEMENTS_PAYMENT, after_expiration: { recovery: { enabled: true } } },
      {},
    ],
    [
      'a return_url with redirect_on_completion never',
      { ...EMBEDDED_SETUP, redirect_on_completion: 'never' },
      {},
    ],
    [
      'no return_url embedded',
      { mode: 'setup', currency: 'usd', ui_mode: 'embedded_page' },
      { param: 'return_url' },
    ],
    [
      'no success_url on the hosted page',
      { mode: 'setup', currency: 'usd' },
      { code: 'parameter_missing', param: 'success_url' },
    ],
  ];
  test.each(cases)('is refused: %s', async (_name, params, expected) => refused(params, expected));

  test.each(['hosted', 'embedded', 'custom', 'HOSTED_PAGE'])(
    'is refused: the name %s, which is no ui_mode',
    async (ui_mode) => refused({ ...SETUP, ui_mode }, { param: 'ui_mode', code: undefined }),
  );
});

describe('what does not go with the customer', () => {
  test.each(['customer_email', 'customer_creation'])('is refused: %s', async (name) => {
    const value = name === 'customer_email' ? 'ada@example.com' : 'always';
    await refused(
      { ...SETUP, customer: await newCustomer(), [name]: value },
      {
        param: 'customer',
        message: containing(`You may only specify one of these parameters: customer, ${name}.`),
      },
    );
  });

  test('is refused: an account', async () => {
    const customer = await newCustomer();
    await refused({ ...SETUP, customer, customer_account: 'acct_none' }, {});
  });

  const cases: RefusedCase[] = [
    [
      'an empty one',
      { ...SETUP, customer: '' },
      { code: 'parameter_invalid_empty', param: 'customer' },
    ],
    [
      'an unknown one',
      { ...SETUP, customer: 'cus_none' },
      { code: 'resource_missing', param: 'customer' },
    ],
    ['customer_update without one', { ...SETUP, customer_update: { name: 'auto' } }, {}],
  ];
  test.each(cases)('is refused: %s', async (_name, params, expected) => refused(params, expected));

  believed('is refused: a deleted one', async () => {
    const customer = await newCustomer();
    await stripe.customers.del(customer);
    await refused({ ...SETUP, customer }, { param: 'customer' });
  });
});
