import { expect, test } from 'vitest';
import { idFromClientSecret } from './client-secret.ts';

test('a client secret begins with the id of its object', () => {
  expect(idFromClientSecret('pi_1_secret_2', 'pi', 'retrievePaymentIntent()')).toBe('pi_1');
});

test.each([['seti_1_secret_2'], ['pi_1'], ['_secret_2'], [undefined], [{}]])(
  '%s is refused as the client secret of a PaymentIntent, without repeating it',
  (secret) => {
    expect(() => idFromClientSecret(secret, 'pi', 'retrievePaymentIntent()')).toThrow(
      /Invalid value for retrievePaymentIntent\(\)/,
    );
  },
);
