import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SECRET_KEY, openSandbox } from './open-sandbox.ts';
import type { Opened } from './open-sandbox.ts';
import { cliMissing, openCli } from './run-stripe-cli.ts';
import type { Cli } from './run-stripe-cli.ts';

describe.skipIf(cliMissing !== undefined)('the real Stripe CLI', () => {
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

  test('creates, gets and deletes a customer', async () => {
    const made = await cli.json('customers', 'create', '--email=ada@example.com', '--name=Ada');
    expect(made).toMatchObject({ object: 'customer', email: 'ada@example.com', name: 'Ada' });
    const id = String(made.id);
    const listed = await cli.json('get', '/v1/customers', '-l', '3');
    expect(listed.data).toMatchObject([{ id }]);
    expect((await cli.run('customers', 'delete', id, '--confirm')).code).toBe(0);
    expect(await opened.stripe.customers.retrieve(id)).toMatchObject({ deleted: true });
  });

  test('charges a card once under an idempotency key, and lists saved methods', async () => {
    const charge = ['payment_intents', 'create', '--amount', '2000', '--currency', 'usd'];
    const pay = [...charge, '-d', 'payment_method=pm_card_visa', '-d', 'confirm=true', '-i', 'K1'];
    const first = await cli.json(...pay);
    expect(first).toMatchObject({ object: 'payment_intent', status: 'succeeded', amount: 2000 });
    expect((await cli.json(...pay)).id).toBe(first.id);
    const customer = (await opened.stripe.customers.create({})).id;
    const saved = await opened.stripe.paymentMethods.attach('pm_card_visa', { customer });
    const args = ['payment_methods', 'list', '--customer', customer, '--type', 'card'];
    expect((await cli.json(...args)).data).toMatchObject([{ id: saved.id }]);
  });

  test('makes and lists accounts of the v2 API', async () => {
    const body = JSON.stringify({ display_name: 'Ada', configuration: { customer: {} } });
    const made = await cli.json('post', '/v2/core/accounts', '-d', body);
    expect(made).toMatchObject({ object: 'v2.core.account', display_name: 'Ada' });
    const listed = await cli.json('v2', 'core', 'accounts', 'list');
    expect(listed).toMatchObject({ data: [{ id: made.id }], next_page_url: null });
  });

  test('runs a file of fixtures', async () => {
    const file = join(cli.folder, 'fixtures.json');
    const fixtures = [
      { name: 'someone', path: '/v1/customers', method: 'post', params: { name: 'Fixture' } },
      {
        name: 'method',
        path: '/v1/payment_methods/pm_card_visa/attach',
        method: 'post',
        params: { customer: '${someone:id}' },
      },
    ];
    writeFileSync(file, JSON.stringify({ _meta: { template_version: 0 }, fixtures }));
    expect(await cli.run('fixtures', file)).toMatchObject({ code: 0 });
    const [customer] = (await opened.stripe.customers.list({ limit: 1 })).data;
    expect(customer?.name).toBe('Fixture');
    const saved = await opened.stripe.customers.listPaymentMethods(customer?.id ?? '');
    expect(saved.data).toHaveLength(1);
  });

  test('sends an event again', async () => {
    const { id } = await opened.stripe.webhookEndpoints.create({
      url: 'http://127.0.0.1:9/nobody-listens',
      enabled_events: ['customer.created'],
    });
    await opened.stripe.customers.create({});
    const { data } = await opened.stripe.events.list({ type: 'customer.created', limit: 1 });
    const again = await cli.json('events', 'resend', data[0]?.id ?? '', '--webhook-endpoint', id);
    expect(again).toMatchObject({ object: 'event', id: data[0]?.id });
  });
});
