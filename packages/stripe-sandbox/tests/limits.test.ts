import { afterEach, expect, test } from 'vitest';
import { createClock } from '../src/clock.ts';
import type { Clock } from '../src/clock.ts';
import type { SandboxOptions } from '../src/server.ts';
import { control } from './control.ts';
import { openSandbox, openStripe, refusal, saveCard, until } from './open-sandbox.ts';
import type { Opened } from './open-sandbox.ts';

const closing: Opened[] = [];
afterEach(async () => {
  for (const { sandbox } of closing.splice(0)) await sandbox.close();
});

/** A clock that stands still until it is moved: a second lasts as long as the test wants. */
function stoppedClock(): Clock {
  let now = Date.now();
  const running = createClock();
  return {
    ...running,
    now: () => now,
    seconds: () => Math.floor(now / 1000),
    moveTo(instant) {
      now = instant;
      running.moveTo(instant);
    },
  };
}

async function open(rateLimits: NonNullable<SandboxOptions['rateLimits']>): Promise<Opened> {
  const opened = await openSandbox({ rateLimits, clock: stoppedClock() });
  closing.push(opened);
  return opened;
}

/** How many of so many requests are taken, and why the first is not. */
async function send(
  opened: Opened,
  path: string,
  count: number,
): Promise<{ taken: number; reason: string | null }> {
  const answers = [];
  for (let sent = 0; sent < count; sent += 1) answers.push(await opened.call(path));
  const refused = answers.find(({ status }) => status === 429);
  const reason = refused?.headers.get('stripe-rate-limited-reason') ?? null;
  return { taken: answers.filter(({ status }) => status === 200).length, reason };
}

test('test mode takes 25 requests a second of an account, and more in the next second', async () => {
  const opened = await open('test');
  expect(await send(opened, '/v1/customers', 20)).toEqual({ taken: 20, reason: null });
  expect(await send(opened, '/v1/charges', 10)).toEqual({ taken: 5, reason: 'global-rate' });
  const other = openStripe(opened.sandbox, 'sk_test_anotherAccount');
  expect((await other.customers.list()).object).toBe('list');
  await control(opened, 'POST', 'clock', { advanceSeconds: 1 });
  expect(await send(opened, '/v1/charges', 10)).toEqual({ taken: 10, reason: null });
});

test('live takes 100 a second, 25 of them at one endpoint', async () => {
  const opened = await open('live');
  for (const path of ['/v1/customers', '/v1/charges', '/v1/refunds']) {
    expect(await send(opened, path, 26)).toEqual({ taken: 25, reason: 'endpoint-rate' });
  }
  expect(await send(opened, '/v1/events', 26)).toEqual({ taken: 25, reason: 'global-rate' });
  expect(await send(opened, '/v1/setup_intents', 1)).toEqual({ taken: 0, reason: 'global-rate' });
});

test('a request over the limit does nothing, and its key is free afterwards', async () => {
  const opened = await open('test');
  await send(opened, '/v1/customers', 25);
  const options = { idempotencyKey: 'limited:1' };
  const refused = await refusal(opened.stripe.customers.create({}, options));
  expect(refused).toMatchObject({ statusCode: 429, code: 'rate_limit' });
  await control(opened, 'POST', 'limits', { rates: 'off' });
  expect((await send(opened, '/v1/customers', 30)).taken).toBe(30);
  const made = await opened.stripe.customers.create({}, options);
  expect(made.lastResponse.headers['idempotent-replayed']).toBeUndefined();
});

test('two requests may not write to one object at a time once locks are on', async () => {
  const opened = await open('off');
  const { stripe } = opened;
  const { method } = await saveCard(stripe, 'pm_card_visa');
  const path = '/v1/payment_methods';
  const hold = () =>
    control(opened, 'POST', 'faults', { action: 'hold_before', method: 'POST', path });
  const isHeld = async (): Promise<boolean> => {
    const [fault] = await control<{ left: number }[]>(opened, 'GET', 'faults');
    return fault?.left === 0;
  };

  await control(opened, 'POST', 'limits', { locks: true });
  const { id } = await hold();
  const first = stripe.paymentMethods.update(method, { metadata: { n: '1' } });
  await until(isHeld);
  const locked = await refusal(stripe.paymentMethods.update(method, { metadata: { n: '2' } }));
  expect(locked).toMatchObject({ statusCode: 429, code: 'lock_timeout' });
  expect(locked.headers).not.toHaveProperty('stripe-rate-limited-reason');
  expect((await stripe.paymentMethods.retrieve(method)).id).toBe(method);
  await control(opened, 'POST', `faults/${id}/release`);
  expect((await first).metadata).toEqual({ n: '1' });
  const later = await stripe.paymentMethods.update(method, { metadata: { n: '3' } });
  expect(later.metadata).toEqual({ n: '3' });
});
