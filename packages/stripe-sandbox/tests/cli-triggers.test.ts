import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SECRET_KEY, openSandbox } from './open-sandbox.ts';
import type { Opened } from './open-sandbox.ts';
import { cliMissing, openCli } from './run-stripe-cli.ts';
import type { Cli } from './run-stripe-cli.ts';

/** What a debit or a dispute takes until its bank has answered, and more. */
const LONG_ENOUGH_SECONDS = 14 * 24 * 60 * 60;

/** Everything that `stripe trigger` knows of what the sandbox is for. */
const AT_ONCE = [
  'billing_portal.session.created',
  'charge.captured',
  'charge.dispute.closed',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.failed',
  'charge.refund.updated',
  'charge.refunded',
  'charge.succeeded',
  'checkout.session.completed',
  'checkout.session.expired',
  'customer.created',
  'customer.deleted',
  'customer.discount.created',
  'customer.discount.deleted',
  'customer.discount.updated',
  'customer.subscription.created',
  'customer.subscription.deleted',
  'customer.subscription.paused',
  'customer.subscription.trial_will_end',
  'customer.subscription.updated',
  'customer.updated',
  'payment_intent.amount_capturable_updated',
  'payment_intent.canceled',
  'payment_intent.created',
  'payment_intent.payment_failed',
  'payment_intent.processing',
  'payment_intent.requires_action',
  'payment_intent.succeeded',
  'payment_method.attached',
  'payment_method.detached',
  'payment_method.updated',
  'price.created',
  'price.updated',
  'product.created',
  'product.deleted',
  'product.updated',
  'setup_intent.canceled',
  'setup_intent.created',
  'setup_intent.requires_action',
  'setup_intent.setup_failed',
  'setup_intent.succeeded',
];
const IN_TIME = [
  'checkout.session.async_payment_failed',
  'checkout.session.async_payment_succeeded',
];

describe.skipIf(cliMissing !== undefined)('stripe trigger', () => {
  let opened: Opened;
  let cli: Cli;
  beforeAll(async () => {
    opened = await openSandbox();
    cli = openCli(opened.sandbox.url, SECRET_KEY);
  });
  afterAll(async () => {
    cli.close();
    await opened.sandbox.close();
  });

  /** The CLI is content when its requests succeed: whether the event came about, the sandbox says. */
  async function trigger(type: string): Promise<void> {
    const { code, output } = await cli.run('trigger', type);
    expect(output).toContain('Trigger succeeded!');
    expect(code).toBe(0);
  }
  const happened = async (type: string) =>
    (await opened.stripe.events.list({ type, limit: 1 })).data.length;

  test.each(AT_ONCE)('%s comes about', async (type) => {
    await trigger(type);
    expect(await happened(type)).toBe(1);
  });

  test.each(IN_TIME)('%s comes about when the bank has answered', async (type) => {
    await trigger(type);
    await opened.call('/_sandbox/clock', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advanceSeconds: LONG_ENOUGH_SECONDS }),
    });
    expect(await happened(type)).toBe(1);
  });
});
