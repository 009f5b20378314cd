import type pino from 'pino';
import Stripe from 'stripe';
import { expect, it } from 'vitest';
import { keepLog } from '@onfile/dev-env/keep-log.ts';

/** What stands in the log after one line of it was written. */
function logged(write: (log: pino.Logger) => void): string {
  const { log, lines } = keepLog();
  write(log);
  return lines.join('');
}

/** Random enough to be found nowhere by chance. */
const planted = 'pl4nt3dpl4nt3d';

it.each([
  'client_secret',
  'clientSecret',
  'webhook_secret',
  'authSecret',
  'secretKey',
  'STRIPE_SECRET_KEY',
  'webhookSecrets',
  'password',
  'newPassword',
  'authorization',
  'Authorization',
  'cookie',
  'set-cookie',
  'stripe-signature',
  'accessToken',
  'metricsToken',
  'payload',
  'raw',
])('hides what is named %s, at any depth that occurs', (name) => {
  const at = [
    { [name]: planted },
    { a: { [name]: planted } },
    { a: { b: { c: { d: { [name]: planted } } } } },
    { list: [{ a: [{ [name]: [planted] }] }] },
    { err: Object.assign(new Error('x'), { headers: { [name]: planted } }) },
    { err: new Error('x', { cause: Object.assign(new Error('y'), { [name]: planted }) }) },
    { err: new AggregateError([Object.assign(new Error('y'), { [name]: planted })]) },
  ];
  for (const fields of at) {
    expect(JSON.stringify(fields) + planted).toContain(planted);
    const line = logged((log) => log.error(fields, 'said'));
    expect(line).toContain('said');
    expect(line).toContain('[Redacted]');
    expect(line).not.toContain(planted);
  }
});

it.each([
  `sk_test_${planted}`,
  `rk_live_${planted}`,
  `whsec_${planted}+/=`,
  `pi_123_secret_${planted}`,
  `Bearer ${planted}`,
  `postgres://shop:${planted}@db.example.com/onfile`,
  `https://shop.example.com/recover/${planted}${planted}`,
])('takes %s out of whatever quotes it: a message, a stack, a field, a list', (secret) => {
  const error = new Error(`It failed with ${secret}.`);
  const lines = logged((log) => {
    log.error(error);
    log.error(
      { err: error, about: `"${secret}"`, list: [secret], nested: { why: secret } },
      secret,
    );
  });
  expect(lines).toContain('It failed with ');
  expect(lines).not.toContain(planted);
  for (const line of lines.trim().split('\n'))
    expect(() => JSON.parse(line) as unknown).not.toThrow();
});

it('keeps of an error of Stripe’s SDK what tells its cause, and no body, header or secret', () => {
  const intent = { id: 'pi_1', client_secret: `pi_1_secret_${planted}`, status: 'canceled' };
  const error = Stripe.errors.StripeError.generate({
    type: 'card_error',
    code: 'card_declined',
    message: 'Your card was declined.',
    payment_intent: intent,
    payment_method: { id: 'pm_1', billing_details: { email: planted } },
    headers: { 'request-id': 'req_1', 'set-cookie': planted, authorization: planted },
    requestId: 'req_1',
    statusCode: 402,
  } as never);
  const line = logged((log) => log.error({ err: error }, 'a decline'));
  expect(line).not.toContain(planted);
  expect((JSON.parse(line) as { err: object }).err).toMatchObject({
    type: 'StripeCardError',
    code: 'card_declined',
    message: 'Your card was declined.',
    requestId: 'req_1',
    statusCode: 402,
    payment_intent: { id: 'pi_1', status: 'canceled' },
    stack: expect.stringContaining('redact.test.ts') as string,
  });
});

it('hides the body and the header that a signature did not match', () => {
  const stripe = new Stripe('sk_test_1234');
  const body = JSON.stringify({ marker: planted });
  const line = logged((log) => {
    try {
      stripe.webhooks.constructEvent(body, `t=1,v1=${planted}`, 'whsec_12345678');
    } catch (error) {
      log.error({ err: error });
    }
  });
  expect(line).toContain('StripeSignatureVerificationError');
  expect(line).not.toContain(planted);
});

it('writes what it cannot write out: circles, bytes, dates, large numbers, depth without end', () => {
  const circle: Record<string, unknown> = { at: new Date(0), big: 10n, bytes: new Uint8Array(3) };
  circle['self'] = circle;
  let deep: object = { end: planted };
  for (let depth = 0; depth < 50; depth += 1) deep = { deep };
  const line = logged((log) => log.info({ circle, deep, none: null, url: new URL('http://x.y') }));
  expect(JSON.parse(line)).toMatchObject({
    circle: { at: '1970-01-01T00:00:00.000Z', big: '10', bytes: '[3 bytes]', self: '[Circular]' },
    none: null,
    url: 'http://x.y/',
  });
  expect(line).toContain('[Deeper]');
});
