import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { classifyError } from './classify-error.ts';
import { chargeOutcome } from './charge-outcome.ts';
import { unpaced } from './pace-calls.ts';
import { stripeClient } from './stripe-client.ts';

/** A gateway between us and Stripe that answers for itself. */
async function behindGateway(status: number, body: string) {
  const server = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return stripeClient(
    {
      mode: 'sandbox',
      secretKey: 'sk_test_4242424242',
      publishableKey: 'pk_test_4242424242',
      webhookSecrets: ['whsec_42424242'],
      accountId: null,
      apiBase: new URL(`http://127.0.0.1:${String(port)}`),
      rateLimits: 'off',
    },
    unpaced,
  );
}

it.each([
  [502, '{"message":"Bad gateway"}'],
  [404, '{"message":"no such route"}'],
  [400, '{}'],
  [503, '[]'],
  [500, 'null'],
  [502, '<html>'],
])('takes a gateway’s %i %s for no answer at all', async (status, body) => {
  const stripe = await behindGateway(status, body);
  const outcome = await chargeOutcome(
    stripe.paymentIntents.create({ amount: 500, currency: 'usd' }),
  );
  expect(outcome.kind).toBe('unknown');
});

it.each([
  ['a throttled call', 429, { type: 'invalid_request_error', code: 'rate_limit' }, 'not_done'],
  [
    'a throttled call of old',
    400,
    { type: 'invalid_request_error', code: 'rate_limit' },
    'not_done',
  ],
  ['a lock', 429, { type: 'invalid_request_error', code: 'lock_timeout' }, 'not_done'],
  ['a rolled key', 401, { type: 'invalid_request_error' }, 'not_done'],
  ['a missing permission', 403, { type: 'invalid_request_error' }, 'not_done'],
  [
    'a malformed request',
    400,
    { type: 'invalid_request_error', code: 'parameter_missing' },
    'refused',
  ],
  [
    'an unknown object',
    404,
    { type: 'invalid_request_error', code: 'resource_missing' },
    'refused',
  ],
  ['a decline', 402, { type: 'card_error', code: 'card_declined' }, 'refused'],
  ['another body under a used key', 400, { type: 'idempotency_error' }, 'unknown'],
  ['a key in use', 409, { type: 'idempotency_error', code: 'idempotency_key_in_use' }, 'unknown'],
  [
    'an intent that moved on',
    400,
    { type: 'invalid_request_error', code: 'payment_intent_unexpected_state' },
    'unknown',
  ],
  ['an outage', 500, { type: 'api_error' }, 'unknown'],
])('reads %s (%i)', async (_what, status, error, expected) => {
  const stripe = await behindGateway(status, JSON.stringify({ error }));
  const failure = await stripe.customers
    .create({})
    .catch((thrown: Parameters<typeof classifyError>[0]) => thrown);
  expect(classifyError(failure as Parameters<typeof classifyError>[0])).toBe(expected);
});
