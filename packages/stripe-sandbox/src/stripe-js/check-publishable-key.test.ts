import { expect, test } from 'vitest';
import { checkPublishableKey } from './check-publishable-key.ts';

test('a publishable test key is taken', () => {
  expect(() => checkPublishableKey('pk_test_onfile0001')).not.toThrow();
});

test.each([
  ['', /should be a string/],
  [undefined, /should be a string/],
  ['sk_test_onfile0001', /secret key/],
  ['pk_live_onfile0001', /never a live key/],
  ['hello', /pk_test_/],
])('%s is refused', (key, words) => {
  expect(() => checkPublishableKey(key)).toThrow(words);
});
