import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { stockShop } from './fuzz-stock.ts';
import type { Stock } from './fuzz-stock.ts';
import { FUZZ_TIMEOUT, fuzz, openTarget } from './fuzz-target.ts';
import type { Shot, Target } from './fuzz-target.ts';

let target: Target;
let stock: Stock;
beforeAll(async () => {
  target = await openTarget();
  stock = await stockShop(target);
});
afterEach(async () => {
  for (const what of ['faults', 'bank', 'chaos', 'webhooks']) {
    await target.fire({ method: 'DELETE', path: `/_sandbox/${what}` });
  }
});
afterAll(async () => {
  await target.close();
});

const JSON_TYPE = { 'content-type': 'application/json' };
const ODD = [
  '%00',
  '%zz',
  '%ff',
  '..%2f..',
  'x'.repeat(5_000),
  '__proto__',
  "'--",
  '%3Cb%3E',
  '%20',
];

/** Not the API: pages and the control API answer as they like, but never with a fault of theirs. */
async function noFault(shot: Shot): Promise<number> {
  const before = target.changes();
  const { status, text } = await target.fire(shot);
  expect(status, `${shot.method ?? 'GET'} ${shot.path}: ${text.slice(0, 300)}`).toBeLessThan(500);
  if (status >= 400) expect(target.changes(), 'a refusal changes nothing').toBe(before);
  return status;
}

describe('a page', () => {
  const pages = [
    '/c/pay/',
    '/embedded/',
    '/challenge/',
    '/redirect/',
    '/microdeposits/',
    '/p/session/',
    '/r/',
    '/_pages/sessions/cs_x/after/',
    '/_pages/',
    '/',
  ];
  test.each(pages)('at %s… for what is not there is no fault, and echoes nothing', async (page) => {
    for (const id of ODD) {
      await noFault({ path: `${page}${id}` });
      await noFault({ path: `${page}${id}?client_secret=${id}`, method: 'POST', body: id });
    }
    const { text } = await target.fire({
      path: `${page}${encodeURIComponent('<script>x</script>')}`,
    });
    expect(text).not.toContain('<script>x</script>');
  });

  test('of one kind shows nothing for an id of another', async () => {
    for (const page of pages.slice(0, 7)) {
      for (const id of stock.ids) await noFault({ path: `${page}${id}` });
    }
  });

  test('that changes things takes no odd forms', async () => {
    const paths = [
      ...stock.ids.flatMap((id) => [`/_challenge/${id}/complete`, `/_challenge/${id}/nothing`]),
      ...stock.ids.map((id) => `/_pages/embedded/${id}`),
    ];
    for (const path of paths) {
      for (const body of ['', 'a[b]=%00', '{"x":', '\ud800']) {
        await noFault({ method: 'POST', path, body });
        await noFault({ method: 'POST', path, body, headers: JSON_TYPE });
      }
    }
  });
});

describe('the control API', () => {
  const paths = [
    '/clock',
    '/faults',
    '/faults/x/release',
    '/bank',
    '/chaos',
    '/limits',
    '/webhooks',
    '/webhooks/deliver',
    '/deliveries/x/deliver',
    '/webhook_endpoints/x/roll_secret',
    '/payment_methods/x/update',
    '/mandates/x/revoke',
    '/charges/x/dispute',
    '/disputes/x/close',
    '/nothing',
  ];
  const names = ['now', 'advanceSeconds', 'method', 'path', 'action', 'status', 'times', 'paused'];
  names.push('rates', 'locks', 'seed', 'faults', 'webhooks', 'drop', 'double', 'code', '__proto__');
  const odd = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      '',
      -1,
      0,
      1.5,
      1e308,
      'x',
      [],
      {},
      true,
      '\0',
      'x'.repeat(9_000),
    ),
    fc.jsonValue({ maxDepth: 3 }),
  );
  const body = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.dictionary(fc.constantFrom(...names), odd).map((o) => JSON.stringify(o)),
    },
    { weight: 1, arbitrary: fc.json() },
    {
      weight: 1,
      arbitrary: fc.constantFrom('', '{', 'null', '[]', '"x"', '\ufeff{}', '{"a":1,"a":2}'),
    },
  );

  test.each(paths)(
    'at %s answers any JSON without a fault',
    async (path) => {
      await fc.assert(
        fc.asyncProperty(body, async (text) => {
          await noFault({
            method: 'POST',
            path: `/_sandbox${path}`,
            body: text,
            headers: JSON_TYPE,
          });
        }),
        fuzz(40),
      );
    },
    FUZZ_TIMEOUT,
  );

  test('answers any question without a fault', async () => {
    const queries = ['', '?since=x', '?path=%00&method=%ff', '?limit=-1', '?type[]=x&__proto__=1'];
    for (const path of [
      '',
      '/clock',
      '/faults',
      '/objects',
      '/objects/x',
      '/objects/%00',
      '/requests',
    ]) {
      for (const query of queries) await noFault({ path: `/_sandbox${path}${query}` });
    }
    for (const path of ['/deliveries', '/limits', '/bank', '/webhooks', '/page.js', '/../v1']) {
      for (const query of queries) await noFault({ path: `/_sandbox${path}${query}` });
    }
  });

  test('is closed to other hosts and other web pages', async () => {
    const path = '/_sandbox/clock';
    for (const headers of [
      { host: 'evil.example' },
      { origin: 'http://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
    ]) {
      expect(await noFault({ path, headers })).toBe(403);
    }
    const headers = { 'content-type': 'text/plain' };
    expect(await noFault({ method: 'POST', path, headers, body: '{"now":0}' })).toBe(415);
  });
});
