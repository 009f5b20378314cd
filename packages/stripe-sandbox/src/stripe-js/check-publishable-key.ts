import { integrationError } from './integration-error.ts';

/** `Stripe(key)` refuses what is no publishable test key, in the words Stripe.js has for it. */
export function checkPublishableKey(key: unknown): asserts key is string {
  if (typeof key !== 'string' || key === '') {
    throw integrationError('Missing value for Stripe(): apiKey should be a string.');
  }
  if (key.startsWith('sk_') || key.startsWith('rk_')) {
    throw integrationError(
      'You should not use your secret key with Stripe.js. Please pass a publishable key instead.',
    );
  }
  if (key.startsWith('pk_live_')) {
    throw integrationError('This is the sandbox: it takes test keys only, never a live key.');
  }
  if (!key.startsWith('pk_test_')) {
    throw integrationError('Invalid API key for Stripe(): pass a key that starts with pk_test_.');
  }
}
