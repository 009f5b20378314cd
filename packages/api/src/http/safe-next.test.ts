import { expect, test } from 'vitest';
import { safeNext } from './safe-next.ts';

test('a path of the app is kept with its query', () => {
  expect(safeNext('/account/payments?page=2', '/account')).toBe('/account/payments?page=2');
});

test.each([
  null,
  '',
  'https://elsewhere.example',
  '//elsewhere.example/account',
  '/\\elsewhere.example',
  '/\t/elsewhere.example',
  'javascript:alert(1)',
  '/..//elsewhere.example',
  '/.//elsewhere.example',
  '/a/..//elsewhere.example',
  '/%2e%2e//elsewhere.example',
])('%j leads nowhere else', (asked) => {
  expect(safeNext(asked, '/account')).toBe('/account');
});
