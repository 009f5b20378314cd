import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fireAndJudge, fuzz, openTarget } from './fuzz-target.ts';
import type { Target } from './fuzz-target.ts';

let target: Target;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(async () => {
  await target.close();
});

describe('an address', () => {
  const odd = [
    '%00',
    '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
    '..%2f..',
    '%',
    '%zz',
    '%ff',
    '%ED%A0%80',
    'x'.repeat(5_000),
    '%F0%9F%92%A9',
    'cus_%0d%0aSet-Cookie:x',
    "'%20or%201=1--",
    '__proto__',
    'constructor',
    '[object%20Object]',
    'undefined',
    '%20',
    ';',
    '*',
  ];
  const routes = [
    'customers',
    'payment_intents',
    'setup_intents',
    'payment_methods',
    'charges',
    'refunds',
    'events',
    'checkout/sessions',
    'webhook_endpoints',
    'payment_pages',
  ];
  test.each(routes)('/v1/%s with an id that is none is a 404', async (route) => {
    for (const id of odd) {
      const answer = await fireAndJudge(target, { path: `/v1/${route}/${id}` });
      expect([400, 404]).toContain(answer.status);
      const verb = await fireAndJudge(target, {
        method: 'POST',
        path: `/v1/${route}/${id}/confirm`,
      });
      expect(verb.status).toBeGreaterThanOrEqual(400);
    }
  });

  test('that nobody knows is a 404, with any method', async () => {
    const segment = fc.oneof(
      fc.constantFrom('v1', 'v2', 'customers', '..', '.', '', '%2f', 'search', 'confirm'),
      fc.string({ maxLength: 20 }).map(encodeURIComponent),
    );
    const path = fc.array(segment, { maxLength: 8 }).map((parts) => `/v1/zzz/${parts.join('/')}`);
    const method = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'PURGE');
    await fc.assert(
      fc.asyncProperty(path, method, async (unknown, verb) => {
        const answer = await fireAndJudge(target, { method: verb, path: unknown });
        expect(answer.status).toBe(404);
      }),
      fuzz(200),
    );
  });

  test('with any query gets an answer', async () => {
    const query = fc.oneof(
      fc.string({ maxLength: 60 }).map(encodeURI),
      fc.array(
        fc.constantFrom('limit', 'created', 'expand', '[', ']', '[gt]', '=', '&', '1', '%00', '%'),
        { maxLength: 20 },
      ),
    );
    await fc.assert(
      fc.asyncProperty(query, async (text) => {
        const encoded = (typeof text === 'string' ? text : text.join('')).replaceAll('#', '');
        await fireAndJudge(target, { path: `/v1/customers?${encoded}` });
      }),
      fuzz(300),
    );
  });
});

describe('a header', () => {
  const keys = ['', 'Bearer', 'Bearer  ', 'Basic', 'Basic !!!', 'Basic Og==', 'Digest x', 'x'];
  test.each(keys)('Authorization: %s is a 401', async (authorization) => {
    const answer = await fireAndJudge(target, {
      path: '/v1/customers',
      headers: { authorization },
    });
    expect(answer.status).toBe(401);
  });

  test.each([
    ...['sk', 'pk'].map((kind) => `${kind}_live_${'1'.repeat(12)}`),
    'sk_test_',
    'sk_test_a',
    `sk_test_${'\u00e9'.repeat(20)}`,
    `sk_nope_${'x'.repeat(5_000)}`,
    'rk_test_123456789012',
  ])('with the key %s is a 401', async (key) => {
    const headers = { authorization: `Bearer ${key}` };
    const answer = await fireAndJudge(target, { path: '/v1/customers', headers });
    expect(answer.status).toBe(401);
    expect(answer.text).not.toContain('x'.repeat(100));
  });

  test('with any value gets an answer', async () => {
    const name = fc.constantFrom(
      'authorization',
      'idempotency-key',
      'stripe-version',
      'stripe-account',
      'stripe-context',
      'accept',
      'accept-language',
      'x-stripe-client-user-agent',
      'origin',
      'cookie',
      'range',
      'if-none-match',
    );
    const value = fc
      .string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((c) => String.fromCharCode(c)) })
      .filter((text) => !text.includes('\u007f'));
    const method = fc.constantFrom('GET', 'POST');
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(name, value, { maxKeys: 4 }),
        method,
        async (headers, verb) => {
          await fireAndJudge(target, { method: verb, path: '/v1/customers', headers });
        },
      ),
      fuzz(300),
    );
  });

  test('Idempotency-Key may have 255 characters and no more', async () => {
    const post = async (key: string): Promise<number> => {
      const headers = { 'idempotency-key': key };
      const shot = { method: 'POST', path: '/v1/customers', body: 'name=Ada', headers };
      return (await fireAndJudge(target, shot)).status;
    };
    expect(await post('k'.repeat(255))).toBe(200);
    expect(await post('k'.repeat(256))).toBe(400);
    expect(await post('k'.repeat(8_000))).toBe(400);
  });
});
