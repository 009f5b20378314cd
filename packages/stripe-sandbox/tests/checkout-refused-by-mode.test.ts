import { afterAll, beforeAll, describe } from 'vitest';
import { openSandbox } from './open-sandbox.ts';
import type { Opened } from './open-sandbox.ts';
import { LEAST, notInMode, testRefusals } from './refused-session.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await openSandbox();
});
afterAll(async () => {
  await opened.sandbox.close();
});

describe('what one mode has and another has not', () => {
  testRefusals(
    () => opened,
    [
      ['no mode', { success_url: LEAST.address }, 'Missing required param: mode.', 'mode'],
      ['a subscription', { ...LEAST.setup, mode: 'subscription' }, 'no subscriptions', 'mode'],
      [
        'items in setup mode',
        { ...LEAST.setup, line_items: [LEAST.item] },
        notInMode('setup', 'line_items'),
        'line_items',
      ],
      [
        'payment_intent_data in setup mode',
        { ...LEAST.setup, payment_intent_data: { description: 'x' } },
        notInMode('setup', 'payment_intent_data'),
        'payment_intent_data',
      ],
      [
        'saved methods in setup mode',
        { ...LEAST.setup, saved_payment_method_options: { payment_method_save: 'enabled' } },
        notInMode('setup', 'saved_payment_method_options'),
        'saved_payment_method_options',
      ],
      [
        'a submit_type in setup mode',
        { ...LEAST.setup, submit_type: 'pay' },
        notInMode('setup', 'submit_type'),
        'submit_type',
      ],
      [
        'a telephone number in setup mode',
        { ...LEAST.setup, phone_number_collection: { enabled: true } },
        notInMode('setup', 'phone_number_collection'),
        'phone_number_collection',
      ],
      [
        'a hold in setup mode',
        { ...LEAST.setup, payment_method_options: { card: { capture_method: 'manual' } } },
        notInMode('setup', 'payment_method_options[card][capture_method]'),
        'payment_method_options[card][capture_method]',
      ],
      [
        'setup_intent_data in payment mode',
        { ...LEAST.payment, setup_intent_data: { description: 'x' } },
        notInMode('payment', 'setup_intent_data'),
        'setup_intent_data',
      ],
      [
        'payment_method_collection',
        { ...LEAST.payment, payment_method_collection: 'always' },
        notInMode('payment', 'payment_method_collection'),
        'payment_method_collection',
      ],
      [
        'subscription_data',
        { ...LEAST.setup, subscription_data: { description: 'x' } },
        notInMode('setup', 'subscription_data'),
        'subscription_data',
      ],
      [
        'setup mode without a currency',
        { ...LEAST.setup, currency: undefined },
        'Missing required param: currency.',
        'currency',
      ],
      [
        'payment mode without items',
        { ...LEAST.payment, line_items: undefined },
        'Missing required param: line_items.',
        'line_items',
      ],
    ],
  );
});
