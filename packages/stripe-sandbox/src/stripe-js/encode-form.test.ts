import { expect, test } from 'vitest';
import { encodeForm } from './encode-form.ts';

test('nested values are written with brackets, as the API reads them', () => {
  const form = encodeForm({
    payment_method_data: { type: 'card', billing_details: { name: 'Ada' } },
    expand: ['payment_method', 'customer'],
    use_stripe_sdk: true,
  });
  expect([...form]).toEqual([
    ['payment_method_data[type]', 'card'],
    ['payment_method_data[billing_details][name]', 'Ada'],
    ['expand[0]', 'payment_method'],
    ['expand[1]', 'customer'],
    ['use_stripe_sdk', 'true'],
  ]);
});

test('null unsets, and what is undefined is not sent', () => {
  expect(encodeForm({ receipt_email: null, return_url: undefined }).toString()).toBe(
    'receipt_email=',
  );
});
