import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paramsOf } from '../src/param-spec.ts';
import { ENDPOINTS } from '../src/routes.ts';
import { basesOf } from './fuzz-bases.ts';
import { stockShop } from './fuzz-stock.ts';
import type { Stock } from './fuzz-stock.ts';
import { FUZZ_TIMEOUT, fireAndJudge, fuzz, openTarget } from './fuzz-target.ts';
import type { Answer, Target } from './fuzz-target.ts';
import { toForm, valueOf } from './fuzz-values.ts';
import type { Value } from './fuzz-values.ts';

type Endpoint = (typeof ENDPOINTS)[number];

/** So many requests to each endpoint. */
const RUNS = 100;

let target: Target;
let stock: Stock;
beforeAll(async () => {
  target = await openTarget();
  stock = await stockShop(target);
});
afterAll(async () => {
  await target.close();
});

/** The beginning of the ids that a path takes. */
const PREFIXES: { [noun: string]: string } = {
  customers: 'cus_',
  payment_methods: 'pm_',
  payment_intents: 'pi_',
  setup_intents: 'seti_',
  charges: 'ch_',
  refunds: 're_',
  events: 'evt_',
  sessions: 'cs_',
  payment_pages: 'cs_',
  products: 'prod_',
  prices: 'price_',
  disputes: 'du_',
  balance_transactions: 'txn_',
  webhook_endpoints: 'we_',
  accounts: 'acct_',
};

/** Mostly the id of something that is there. */
function pathOf(path: string): fc.Arbitrary<string> {
  const segments = path.split('/').map((segment, index, all): fc.Arbitrary<string> => {
    if (!segment.startsWith(':')) return fc.constant(segment);
    const prefix = PREFIXES[all[index - 1] ?? ''] ?? 'none_';
    const fitting = stock.ids.filter((id) => id.startsWith(prefix));
    return fc.oneof(
      { weight: fitting.length === 0 ? 0 : 8, arbitrary: fc.constantFrom('', ...fitting) },
      { weight: 1, arbitrary: fc.constantFrom(...stock.ids) },
      { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 20 }).map(encode) },
    );
  });
  return fc.tuple(...segments).map((parts) => parts.join('/'));
}

/** As encodeURIComponent, but for dots, which addresses swallow. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll('.', '%2E');
}

/** Random parameters, alone or over those of a request that goes well, and what browsers send. */
function requestTo(endpoint: Endpoint, name: string): fc.Arbitrary<Value> {
  const random = valueOf(paramsOf(endpoint.method, endpoint.path), '', stock.ids);
  const base = fc.constantFrom({}, ...basesOf(name, stock));
  const more = fc.subarray([...(endpoint.more ?? [])]);
  const extra = fc.constantFrom('', 'x', '-1', 'true', ...stock.ids);
  return fc
    .tuple(base, random, more, extra, fc.boolean())
    .map(([given, over, names, text, isBare]): Value => {
      if (isBare && Object.keys(given).length > 0) return given;
      if (typeof over === 'string' || Array.isArray(over)) return over;
      return { ...given, ...over, ...Object.fromEntries(names.map((added) => [added, text])) };
    });
}

async function shoot({ method }: Endpoint, path: string, params: Value): Promise<Answer> {
  if (method === 'POST' && path.startsWith('/v2/')) {
    const headers = { 'content-type': 'application/json' };
    return fireAndJudge(target, { method, path, headers, body: JSON.stringify(params) });
  }
  if (method === 'POST') return fireAndJudge(target, { method, path, body: toForm(params) });
  const query = toForm(params);
  return fireAndJudge(target, { method, path: query === '' ? path : `${path}?${query}` });
}

describe('whatever the parameters, the answer is an object or the envelope', () => {
  const seen = new Map<string, Set<number>>();
  // What puts an end to things comes last.
  const ends = ({ method, path }: Endpoint): boolean =>
    method === 'DELETE' || /(cancel|expire|detach|close|remove)$/.test(path);
  const order = [...ENDPOINTS].sort((a, b) => Number(ends(a)) - Number(ends(b)));
  const endpoints = order.map((endpoint): [string, Endpoint] => [
    `${endpoint.method} ${endpoint.path}`,
    endpoint,
  ]);

  test.each(endpoints)(
    '%s',
    async (name, endpoint) => {
      const statuses = new Set<number>();
      seen.set(name, statuses);
      const request = fc.tuple(pathOf(endpoint.path), requestTo(endpoint, name));
      await fc.assert(
        fc.asyncProperty(request, async ([path, params]) => {
          statuses.add((await shoot(endpoint, path, params)).status);
        }),
        fuzz(RUNS),
      );
    },
    FUZZ_TIMEOUT,
  );

  test('and those that matter went well, too', () => {
    for (const status of [200, 400, 404]) {
      const met = [...seen.values()].filter((statuses) => statuses.has(status));
      expect(met.length).toBeGreaterThan(20);
    }
    const posts = ['payment_intents', 'payment_intents/:id/confirm', 'setup_intents', 'refunds'];
    posts.push('payment_methods/:id/attach', 'checkout/sessions', 'payment_pages/:id/confirm');
    for (const path of posts) expect(seen.get(`POST /v1/${path}`), path).toContain(200);
  });
});
