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

function notWith(mode: string, names: string): string {
  return `The following parameters are not supported with 'ui_mode: ${mode}': ${names}.`;
}

describe('addresses and what else depends on ui_mode', () => {
  testRefusals(
    () => opened,
    [
      [
        'hosted without success_url',
        { ...LEAST.setup, success_url: undefined },
        'Missing required param: success_url.',
        'success_url',
      ],
      [
        'hosted with return_url',
        { ...LEAST.setup, return_url: LEAST.address },
        notWith('hosted_page', 'return_url'),
        'return_url',
      ],
      [
        'hosted with permissions',
        { ...LEAST.payment, permissions: { update_shipping_details: 'server_only' } },
        notWith('hosted_page', 'permissions'),
        'permissions',
      ],
      [
        'embedded with success_url and cancel_url',
        { ...LEAST.setup, ui_mode: 'embedded_page', cancel_url: LEAST.address },
        notWith('embedded_page', 'cancel_url, success_url'),
        'cancel_url',
      ],
      [
        'embedded without return_url',
        { ...LEAST.setup, ...LEAST.embedded },
        'Missing required param: return_url.',
        'return_url',
      ],
      [
        'embedded, leaving for redirect methods, without return_url',
        {
          ...LEAST.setup,
          ...LEAST.embedded,
          currency: 'eur',
          redirect_on_completion: 'if_required',
        },
        'Missing required param: return_url.',
        'return_url',
      ],
      [
        'never leaving, with return_url',
        {
          ...LEAST.setup,
          ...LEAST.embedded,
          redirect_on_completion: 'never',
          return_url: LEAST.address,
        },
        'You can not pass `return_url` when `redirect_on_completion` is `never`.',
        'return_url',
      ],
      [
        'elements with success_url',
        { ...LEAST.setup, ui_mode: 'elements' },
        notWith('elements', 'success_url'),
        'success_url',
      ],
      [
        'elements with what only a page can show',
        {
          ...LEAST.payment,
          ...LEAST.elements,
          after_expiration: { recovery: { enabled: true } },
          branding_settings: { display_name: 'Shop' },
          custom_fields: [{ key: 'a', type: 'text', label: { type: 'custom', custom: 'A' } }],
          custom_text: { submit: { message: 'x' } },
          origin_context: 'web',
          submit_type: 'pay',
        },
        notWith(
          'elements',
          'after_expiration, branding_settings, custom_fields, custom_text, origin_context, submit_type',
        ),
        'after_expiration',
      ],
      [
        'elements with redirect_on_completion',
        { ...LEAST.setup, ...LEAST.elements, redirect_on_completion: 'never' },
        notWith('elements', 'redirect_on_completion'),
        'redirect_on_completion',
      ],
      [
        'embedded with the permissions of elements',
        {
          ...LEAST.payment,
          ...LEAST.embedded,
          return_url: LEAST.address,
          permissions: { update_shipping_details: 'server_only' },
        },
        'only supported when `ui_mode` is `elements`',
        'permissions[update_shipping_details]',
      ],
      [
        'form outside its preview',
        { ...LEAST.setup, ui_mode: 'form', success_url: undefined },
        'Invalid ui_mode: must be one of',
        'ui_mode',
      ],
      [
        'an old name',
        { ...LEAST.setup, ui_mode: 'custom' },
        'Invalid ui_mode: must be one of',
        'ui_mode',
      ],
    ],
  );

  test('form is opened inside its preview', async () => {
    const session = await opened.stripe.checkout.sessions.create(
      { mode: 'setup', currency: 'usd', ui_mode: 'form', return_url: LEAST.address },
      { apiVersion: '2026-10-28.endive; custom_checkout_payment_form_preview=v1' },
    );
    expect(session).toMatchObject({ ui_mode: 'form', url: null, success_url: null });
    expect(session.client_secret).toContain(`${session.id}_secret_`);
  });
});
