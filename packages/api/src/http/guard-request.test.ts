import { expect, test } from 'vitest';
import { guardRequest } from './guard-request.ts';
import { noForeignSources } from './policy-sources.ts';

const ownOrigin = 'http://localhost:3000';

async function guarded(request: Request) {
  const lines: object[] = [];
  const log = { info: (line: object) => void lines.push(line) };
  let isAnswered = false;
  const response = await guardRequest(
    {
      log,
      request,
      requestId: 'req-1',
      route: '/account/payment-methods/return',
      ownOrigin,
      sources: noForeignSources,
      referrer: 'none',
    },
    async () => {
      isAnswered = true;
      return new Response('done');
    },
  );
  return { response, isAnswered, log: JSON.stringify(lines) };
}

test('a write from another site is refused before anything runs', async () => {
  const { response, isAnswered } = await guarded(
    new Request(`${ownOrigin}/trpc/setup.start`, {
      method: 'POST',
      headers: { origin: 'https://elsewhere.example' },
    }),
  );
  expect(response.status).toBe(403);
  expect(isAnswered).toBe(false);
});

test('the log names the route and never what stood in the query', async () => {
  const { response, log } = await guarded(
    new Request(`${ownOrigin}/account/payment-methods/return?session_id=cs_test_secret`),
  );
  expect(response.headers.get('x-request-id')).toBe('req-1');
  expect(log).toContain('/account/payment-methods/return');
  expect(log).not.toContain('cs_test_secret');
});
