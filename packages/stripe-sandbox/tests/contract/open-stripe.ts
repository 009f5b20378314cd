/**
 * The contract suite: what Stripe's API does, as tests that read as its specification. Each test goes
 * through the unmodified SDK over HTTP, or through plain `fetch` where the SDK would not let it ask.
 *
 * Without a key, each file runs against a sandbox of its own, in this process:
 *
 *     vitest run --config vitest.workspace.ts --project node packages/stripe-sandbox/tests/contract
 *
 * With a test key, the same files run against Stripe's own test mode; one at a time, since it answers
 * 25 requests a second at most:
 *
 *     STRIPE_CONTRACT_KEY=sk_test_… STRIPE_CONTRACT_PUBLISHABLE_KEY=pk_test_… vitest run … --no-file-parallelism
 *
 * The second key is for what browsers do and may be absent. Live keys are refused here. Nothing relies
 * on an empty account or on another test; what a test makes stays, with `MARK` in its metadata.
 *
 * - `test` is a fact that was read in Stripe's documents or types, or seen in real answers.
 * - `believed` is what we take for Stripe's behaviour without having seen it: a failure at Stripe is
 *   news about Stripe, and the sandbox follows.
 * - `sandboxOnly(reason)` needs what Stripe gives nobody, such as its clock or its challenge page's
 *   button; at Stripe it is skipped and the report prints the reason.
 */
import Stripe from 'stripe';
import { afterAll, test } from 'vitest';
import { createSandbox } from '../../src/server.ts';
import { watchClient, watchEvents } from '../conformance/watch-answers.ts';

const ENV_KEY = process.env.STRIPE_CONTRACT_KEY ?? '';
const ENV_PUBLISHABLE_KEY = process.env.STRIPE_CONTRACT_PUBLISHABLE_KEY ?? '';
if (ENV_KEY !== '' && !ENV_KEY.startsWith('sk_test_')) {
  throw new Error('STRIPE_CONTRACT_KEY must be a test key, sk_test_…: live keys are refused.');
}

export const atStripe = ENV_KEY !== '';
const sandbox = atStripe ? undefined : watchEvents(await createSandbox());
afterAll(async () => {
  await sandbox?.close();
});

const base = sandbox?.url ?? 'https://api.stripe.com';
export const secretKey = atStripe ? ENV_KEY : 'sk_test_contractsuite';
export const publishableKey = atStripe ? ENV_PUBLISHABLE_KEY : 'pk_test_contractsuite';

/** On everything that the suite makes. */
export const MARK = { made_by: 'contract-suite' };
/** Where nobody has to listen: only addresses are looked at. */
export const RETURN_URL = 'https://example.com/back';

/** The real, unmodified SDK. It does not repeat refused requests at the sandbox. */
export const stripe = openStripe(secretKey);

/** The SDK with another key. */
export function openStripe(key: string): Stripe {
  if (sandbox === undefined) return new Stripe(key, { maxNetworkRetries: 2, telemetry: false });
  const local = new Stripe(key, {
    host: '127.0.0.1',
    port: sandbox.port,
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
    emitEventBodies: true,
  });
  return watchClient(local, key);
}

type Params = { [name: string]: unknown };

/** A call that the SDK's types do not allow, sent by the SDK; refusals throw its errors. */
export async function ask<T = unknown>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  params: Params = {},
): Promise<T> {
  if (method === 'POST') return (await stripe.rawRequest(method, path, params)) as T;
  const query = new URLSearchParams(flatten(params)).toString();
  return (await stripe.rawRequest(method, query === '' ? path : `${path}?${query}`)) as T;
}

/** `{ types: ['a'] }` as `types[0]=a`. */
function flatten(params: Params): [string, string][] {
  return Object.entries(params).flatMap(([name, value]): [string, string][] =>
    Array.isArray(value)
      ? value.map((element, index): [string, string] => [`${name}[${index}]`, String(element)])
      : [[name, String(value)]],
  );
}

type Body = { [field: string]: unknown; error?: { [field: string]: unknown } };
type Answered = { status: number; headers: Headers; body: Body };

/** A request with nothing added but the secret key, unless its headers name another. */
export async function send(path: string, init: RequestInit = {}): Promise<Answered> {
  const headers = new Headers(init.headers);
  if (!headers.has('authorization')) headers.set('authorization', `Bearer ${secretKey}`);
  if (headers.get('authorization') === 'none') headers.delete('authorization');
  const response = await fetch(`${base}${path}`, { ...init, headers });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Body,
  };
}

/** A test of what we believe of Stripe and have not seen. */
export function believed(name: string, run: () => Promise<void>): void {
  test(`${name} (not verified at Stripe)`, run);
}

/** A test that needs the sandbox; `reason` is printed where it is skipped. */
export function sandboxOnly(reason: string) {
  return (name: string, run: () => Promise<void>): void => {
    test(name, async (context) => {
      // Only at Stripe, which has no such button or clock; the sandbox always runs it.
      context.skip(atStripe, reason);
      await run();
    });
  };
}

/** A test of what a browser may do; skipped at Stripe without a publishable key. */
export function withPublishableKey(name: string, run: () => Promise<void>): void {
  test(name, async (context) => {
    // Never in the sandbox, whose publishable key is known.
    context.skip(publishableKey === '', 'needs STRIPE_CONTRACT_PUBLISHABLE_KEY');
    await run();
  });
}

/** Lets time pass: the sandbox's clock jumps, at Stripe the caller's wait is what passes. */
export async function passTime(seconds: number): Promise<void> {
  if (!atStripe) await control('/clock', { advanceSeconds: seconds });
}

/** A call of the sandbox's control API. */
export async function control(path: string, body: object): Promise<Body> {
  const response = await fetch(`${base}/_sandbox${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`/_sandbox${path} answered ${String(response.status)}.`);
  return (await response.json()) as Body;
}

/** Presses a button of the sandbox's 3D Secure page; gives the address it sends the shopper to. */
export async function pressChallenge(
  intentId: string,
  button: 'complete' | 'fail',
): Promise<URL | null> {
  const response = await fetch(`${base}/_challenge/${intentId}/${button}`, {
    method: 'POST',
    redirect: 'manual',
  });
  const location = response.headers.get('location');
  return location === null ? null : new URL(location);
}

/** Asks until `found` gives something; five seconds at the sandbox, three minutes at Stripe. */
export async function until<T>(found: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + (atStripe ? 180_000 : 5_000);
  for (;;) {
    const value = await found();
    if (value !== undefined) return value;
    if (Date.now() > end) throw new Error('It did not happen in time.');
    await new Promise((resolve) => setTimeout(resolve, atStripe ? 2_000 : 20));
  }
}

/** For tests that wait for a bank: longer than `until` does. */
export const BANK_TIMEOUT = 200_000;
