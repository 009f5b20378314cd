import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ENDPOINTS } from '../src/routes.ts';
import { CHECKOUT_CALLS } from './conformance/calls/call-checkout.ts';
import { CUSTOMER_CALLS } from './conformance/calls/call-customers.ts';
import { DEBIT_CALLS } from './conformance/calls/call-debits.ts';
import { PAYMENT_CALLS } from './conformance/calls/call-payments.ts';
import { openSandbox } from './open-sandbox.ts';
import type { Opened } from './open-sandbox.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await openSandbox();
});
afterAll(async () => {
  await opened?.sandbox.close();
});

const CALLS = { ...CUSTOMER_CALLS, ...PAYMENT_CALLS, ...DEBIT_CALLS, ...CHECKOUT_CALLS };

test.each(Object.entries(CALLS))(
  'answers of the shape that the SDK declares: %s',
  async (_, make) => {
    await make(opened.stripe, opened);
  },
);

test('every call of the sandbox that the SDK has was made above', async () => {
  const { endpoints } = JSON.parse(
    readFileSync(new URL('../src/generated/request-params.json', import.meta.url), 'utf8'),
  ) as { endpoints: Record<string, string | null> };
  const response = await fetch(`${opened.sandbox.url}/_sandbox/requests`);
  const made = (await response.json()) as { method: string; path: string }[];
  const missing = ENDPOINTS.filter(({ method, path }) => {
    if (!(`${method} ${path.replaceAll(/:\w+/g, ':id')}` in endpoints)) return false;
    const pattern = new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`);
    return !made.some((call) => call.method === method && pattern.test(call.path));
  });
  expect(missing.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
});
