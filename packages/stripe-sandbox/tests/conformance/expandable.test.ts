import { expect, test } from 'vitest';
import { findExpandable } from '../../src/expand-table.ts';
import { listExpandable } from './list-expandable.ts';

test.each([
  'balance_transaction',
  'billing_portal.session',
  'charge',
  'checkout.session',
  'confirmation_token',
  'customer',
  'customer_session',
  'dispute',
  'file_link',
  'item',
  'mandate',
  'payment_intent',
  'payment_method',
  'price',
  'product',
  'refund',
  'setup_attempt',
  'setup_intent',
])('what the SDK calls expandable in a %s can be expanded', (object) => {
  const paths = listExpandable(object);
  expect(paths.filter((path) => !findExpandable(object, path.split('.')))).toEqual([]);
});
