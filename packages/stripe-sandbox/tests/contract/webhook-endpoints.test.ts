import { describe, expect, test } from 'vitest';
import { refusal } from '../open-sandbox.ts';
import { newCustomer } from './make-objects.ts';
import { ask, control, passTime, sandboxOnly, stripe, until } from './open-stripe.ts';
import { openReceiver } from './open-receiver.ts';
import type { Receiver } from './open-receiver.ts';

const URL_TAKEN = 'https://example.com/hooks';

describe('a webhook endpoint', () => {
  test('shows its secret once, when it is made', async () => {
    const endpoint = await stripe.webhookEndpoints.create({
      url: URL_TAKEN,
      enabled_events: ['customer.created', 'payment_intent.succeeded'],
      api_version: '2026-10-28.endive',
      description: 'A shop',
      metadata: { shop: '7' },
    });
    try {
      expect(endpoint.secret).toMatch(/^whsec_.+/);
      expect(endpoint).toMatchObject({
        id: expect.stringMatching(/^we_/) as string,
        object: 'webhook_endpoint',
        status: 'enabled',
        url: URL_TAKEN,
        enabled_events: ['customer.created', 'payment_intent.succeeded'],
        api_version: '2026-10-28.endive',
        livemode: false,
        metadata: { shop: '7' },
      });
      const read = await stripe.webhookEndpoints.retrieve(endpoint.id);
      expect(read.secret).toBeUndefined();
      const updated = await stripe.webhookEndpoints.update(endpoint.id, {
        enabled_events: ['*'],
        disabled: true,
      });
      expect(updated).toMatchObject({ enabled_events: ['*'], status: 'disabled' });
    } finally {
      const gone = await stripe.webhookEndpoints.del(endpoint.id);
      expect(gone).toEqual({ id: endpoint.id, object: 'webhook_endpoint', deleted: true });
    }
    const error = await refusal(stripe.webhookEndpoints.retrieve(endpoint.id));
    expect(error).toMatchObject({ statusCode: 404, code: 'resource_missing' });
  });

  const cases: [string, object, object][] = [
    ['no address', { enabled_events: ['*'] }, { code: 'parameter_missing', param: 'url' }],
    ['no events', { url: URL_TAKEN }, { code: 'parameter_missing', param: 'enabled_events' }],
    [
      'an address that is none',
      { url: 'nonsense', enabled_events: ['*'] },
      { code: 'url_invalid' },
    ],
    ['an event that is none', { url: URL_TAKEN, enabled_events: ['a.b'] }, {}],
    [
      'a version that is none',
      { url: URL_TAKEN, enabled_events: ['*'], api_version: '1999-01-01' },
      { param: 'api_version' },
    ],
  ];
  test.each(cases)('with %s is refused', async (_name, params, expected) => {
    const error = await refusal(ask('POST', '/v1/webhook_endpoints', { ...params }));
    expect(error).toMatchObject({ statusCode: 400, ...expected });
  });
});

describe('delivering events', () => {
  const local = sandboxOnly('Stripe cannot reach this machine');

  /** A local receiver that is told of new customers, while `run` runs. */
  async function receiving(run: (receiver: Receiver, secret: string) => Promise<void>) {
    const receiver = await openReceiver();
    const endpoint = await stripe.webhookEndpoints.create({
      url: receiver.url,
      enabled_events: ['customer.created'],
      api_version: '2026-10-28.endive',
    });
    try {
      await run(receiver, endpoint.secret ?? '');
    } finally {
      await stripe.webhookEndpoints.del(endpoint.id);
      await receiver.close();
    }
  }
  const about = (receiver: Receiver, id: string) => async () =>
    receiver.deliveries.find(({ body }) => body.includes(id));

  local('sends them signed, in the version of the endpoint', async () => {
    await receiving(async (receiver, secret) => {
      const id = await newCustomer();
      const { body, signature } = await until(about(receiver, id));
      const event = stripe.webhooks.constructEvent(body, signature, secret);
      expect(event).toMatchObject({ type: 'customer.created', api_version: '2026-10-28.endive' });
      expect(() => stripe.webhooks.constructEvent(`${body} `, signature, secret)).toThrow();
    });
  });

  local('sends only the types that the endpoint asked for', async () => {
    await receiving(async (receiver) => {
      const first = await newCustomer();
      await stripe.customers.update(first, { name: 'Ada' });
      await until(about(receiver, await newCustomer()));
      const types = receiver.deliveries.map(
        ({ body }) => (JSON.parse(body) as { type: string }).type,
      );
      expect(new Set(types)).toEqual(new Set(['customer.created']));
    });
  });

  local('repeats what was not answered with 2xx, signed anew, until it is', async () => {
    await receiving(async (receiver, secret) => {
      receiver.answerWith(500);
      const id = await newCustomer();
      const first = await until(about(receiver, id));
      receiver.answerWith(200);
      await passTime(6 * 3600);
      await control('/webhooks/deliver', {});
      const attempts = await until(async () => {
        const found = receiver.deliveries.filter(({ body }) => body.includes(id));
        return found.length > 1 ? found : undefined;
      });
      const [, second] = attempts;
      expect(second?.body).toBe(first.body);
      expect(second?.signature).not.toBe(first.signature);
      const tolerance = 30 * 86_400;
      stripe.webhooks.constructEvent(
        second?.body ?? '',
        second?.signature ?? '',
        secret,
        tolerance,
      );
    });
  });
});
