import { describe, expect, test } from 'vitest';
import { refusal } from '../open-sandbox.ts';
import { newCustomer } from './make-objects.ts';
import {
  ask,
  openStripe,
  publishableKey,
  secretKey,
  send,
  stripe,
  withPublishableKey,
} from './open-stripe.ts';

const form = (body: string, headers: { [name: string]: string } = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  body,
});

describe('a key', () => {
  test('that is missing is a 401', async () => {
    const answer = await send('/v1/customers', { headers: { authorization: 'none' } });
    expect(answer.status).toBe(401);
    expect(answer.body.error).toMatchObject({ type: 'invalid_request_error' });
  });

  test('that is wrong is a 401 that shows only its ends', async () => {
    const wrong = 'sk_nope_1234567890abcdef';
    const error = await refusal(openStripe(wrong).customers.list());
    expect(error).toMatchObject({
      statusCode: 401,
      rawType: 'invalid_request_error',
      code: undefined,
    });
    expect(error.message).toContain('Invalid API Key provided');
    expect(error.message).not.toContain(wrong);
  });

  test('may come as the name of basic authentication', async () => {
    const authorization = `Basic ${Buffer.from(`${secretKey}:`).toString('base64')}`;
    const answer = await send('/v1/customers?limit=1', { headers: { authorization } });
    expect(answer.status).toBe(200);
  });

  withPublishableKey('for browsers opens no secret route', async () => {
    const error = await refusal(openStripe(publishableKey).customers.list());
    expect(error).toMatchObject({ code: 'secret_key_required' });
    expect([401, 403]).toContain(error.statusCode);
    expect(error.message).toContain('This API call cannot be made with a publishable API key');
  });
});

describe('an answer', () => {
  test('has an id and says its version', async () => {
    const answer = await send('/v1/customers?limit=1', {
      headers: { 'stripe-version': '2026-10-28.endive' },
    });
    expect(answer.headers.get('request-id')).toMatch(/^req_/);
    expect(answer.headers.get('stripe-version')).toBe('2026-10-28.endive');
    expect(answer.headers.get('content-type')).toContain('application/json');
  });

  test('echoes an older version that Stripe knows', async () => {
    const answer = await send('/v1/customers?limit=1', {
      headers: { 'stripe-version': '2024-06-20' },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('stripe-version')).toBe('2024-06-20');
  });

  test.each(['nonsense', '1999-01-01', '2026-10-28.hibiscus'])(
    'refuses the version %s',
    async (version) => {
      const answer = await send('/v1/customers', { headers: { 'stripe-version': version } });
      expect(answer.status).toBe(400);
      expect(answer.body.error).toMatchObject({ type: 'invalid_request_error' });
      expect(answer.body.error).not.toHaveProperty('code');
      expect(answer.body.error).not.toHaveProperty('param');
    },
  );

  test.each(['/v1/nonsense', '/v1/customers/cus_1/nonsense/2', '/v3/customers'])(
    'to the unknown address %s is a 404 in the envelope',
    async (path) => {
      const answer = await send(path);
      expect(answer.status).toBe(404);
      expect(answer.body.error).toMatchObject({ type: 'invalid_request_error' });
      expect(String(answer.body.error?.message)).toContain(
        `Unrecognized request URL (GET: ${path})`,
      );
    },
  );
});

describe('a parameter', () => {
  const cases: [string, string, string, object, object][] = [
    [
      'unknown',
      'POST',
      '/v1/customers',
      { colour: 'red' },
      { code: 'parameter_unknown', param: 'colour' },
    ],
    [
      'unknown inside another',
      'POST',
      '/v1/customers',
      { address: { planet: 'Mars' } },
      { code: 'parameter_unknown', param: 'address[planet]' },
    ],
    [
      'unknown in a query',
      'GET',
      '/v1/customers',
      { colour: 'red' },
      { code: 'parameter_unknown', param: 'colour' },
    ],
    [
      'missing',
      'POST',
      '/v1/payment_intents',
      { currency: 'usd' },
      { code: 'parameter_missing', param: 'amount' },
    ],
    [
      'empty where it cannot be unset',
      'POST',
      '/v1/payment_intents',
      { amount: 1099, currency: 'usd', customer: '' },
      { code: 'parameter_invalid_empty', param: 'customer' },
    ],
    [
      'no integer',
      'POST',
      '/v1/payment_intents',
      { amount: 'abc', currency: 'usd' },
      { code: 'parameter_invalid_integer', param: 'amount', message: 'Invalid integer: abc' },
    ],
    [
      'outside its values',
      'POST',
      '/v1/payment_intents',
      { amount: 1099, currency: 'usd', capture_method: 'later' },
      { param: 'capture_method', code: undefined },
    ],
    ['no hash', 'POST', '/v1/customers', { address: 'Main St' }, { param: 'address' }],
    ['no text', 'POST', '/v1/customers', { name: { first: 'Ada' } }, { param: 'name' }],
  ];
  test.each(cases)('that is %s is refused', async (_name, method, path, params, expected) => {
    const error = await refusal(ask(method as 'GET' | 'POST', path, { ...params }));
    expect(error).toMatchObject({ statusCode: 400, rawType: 'invalid_request_error', ...expected });
  });

  test('that is unknown is named, and nothing was changed', async () => {
    const id = await newCustomer({ name: 'Ada' });
    const error = await refusal(ask('POST', `/v1/customers/${id}`, { name: 'Bob', colour: 'red' }));
    expect(error.message).toContain('Received unknown parameter: colour');
    expect(await stripe.customers.retrieve(id)).toMatchObject({ name: 'Ada' });
  });

  test('comes with the address of its documentation', async () => {
    const error = await refusal(
      ask('POST', '/v1/payment_intents', { amount: 'abc', currency: 'usd' }),
    );
    expect(error.doc_url).toBe('https://stripe.com/docs/error-codes/parameter-invalid-integer');
  });

  test("may be sent to the query of a POST, indexed or not, as Stripe's other clients do", async () => {
    for (const expand of ['expand[]=latest_charge', 'expand[0]=latest_charge']) {
      const answer = await send('/v1/payment_intents', form(`amount=1099&currency=usd&${expand}`));
      expect(answer.status).toBe(200);
    }
    const answer = await send(
      '/v1/payment_intents',
      form('amount=1099&currency=usd&automatic_payment_methods[enabled]=True'),
    );
    expect(answer.body).toMatchObject({ automatic_payment_methods: { enabled: true } });
  });
});

describe('a caller without a version', () => {
  test('may still list payment_method_types, as the Stripe CLI does', async () => {
    const answer = await send(
      '/v1/payment_intents',
      form('amount=1099&currency=usd&payment_method_types[]=card'),
    );
    expect(answer.status).toBe(200);
    expect(answer.body.payment_method_types).toEqual(['card']);
  });

  test.each(['/v1/payment_intents', '/v1/setup_intents'])(
    'differs from one of today, who is refused at %s',
    async (path) => {
      const money = path.includes('payment') ? 'amount=1099&currency=usd&' : '';
      const answer = await send(
        path,
        form(`${money}payment_method_types[]=card`, { 'stripe-version': '2026-10-28.endive' }),
      );
      expect(answer.status).toBe(400);
      expect(answer.body.error?.code).toBe('payment_method_types_no_longer_supported');
    },
  );
});
