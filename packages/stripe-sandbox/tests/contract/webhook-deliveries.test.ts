import { describe, expect } from 'vitest';
import type Stripe from 'stripe';
import { newCustomer } from './make-objects.ts';
import { openReceiver } from './open-receiver.ts';
import type { Receiver } from './open-receiver.ts';
import { control, passTime, sandboxOnly, stripe, until } from './open-stripe.ts';

const local = sandboxOnly('Stripe cannot reach this machine');
type Version = Stripe.WebhookEndpointCreateParams.ApiVersion;

/** A local receiver of `customer.created`, while `run` runs. */
async function receiving(
  run: (receiver: Receiver, endpoint: Stripe.WebhookEndpoint) => Promise<void>,
  api_version: Version = '2026-10-28.endive',
): Promise<void> {
  const receiver = await openReceiver();
  const endpoint = await stripe.webhookEndpoints.create({
    url: receiver.url,
    enabled_events: ['customer.created'],
    api_version,
  });
  try {
    await run(receiver, endpoint);
  } finally {
    await stripe.webhookEndpoints.del(endpoint.id);
    await receiver.close();
  }
}

const count = (receiver: Receiver, id: string): number =>
  receiver.deliveries.filter(({ body }) => body.includes(id)).length;
const tries = async (receiver: Receiver, id: string, atLeast: number): Promise<number> =>
  until(async () => (count(receiver, id) >= atLeast ? count(receiver, id) : undefined));

describe('a webhook endpoint', () => {
  for (const status of [301, 400, 404, 500]) {
    local(`that answers ${status} is tried again`, async () => {
      await receiving(async (receiver) => {
        receiver.answerWith(status);
        const id = await newCustomer();
        await tries(receiver, id, 1);
        receiver.answerWith(204);
        await passTime(6 * 3600);
        await control('/webhooks/deliver', {});
        await tries(receiver, id, 2);
        await passTime(2 * 86_400);
        await control('/webhooks/deliver', {});
        expect(count(receiver, id)).toBe(2);
      });
    });
  }

  local('that never answers well is tried three times in test mode', async () => {
    await receiving(async (receiver) => {
      receiver.answerWith(500);
      const id = await newCustomer();
      await tries(receiver, id, 1);
      for (const attempts of [2, 3]) {
        await passTime(12 * 3600);
        await control('/webhooks/deliver', {});
        await tries(receiver, id, attempts);
      }
      await passTime(5 * 86_400);
      await control('/webhooks/deliver', {});
      expect(count(receiver, id)).toBe(3);
    });
  });

  local('that is disabled gets nothing', async () => {
    await receiving(async (receiver, endpoint) => {
      await stripe.webhookEndpoints.update(endpoint.id, { disabled: true });
      const quiet = await newCustomer();
      await stripe.webhookEndpoints.update(endpoint.id, { disabled: false });
      await tries(receiver, await newCustomer(), 1);
      expect(count(receiver, quiet)).toBe(0);
    });
  });

  local('gets events in its own version, whatever the request asked for', async () => {
    await receiving(async (receiver) => {
      const { id } = await stripe.customers.create({});
      await tries(receiver, id, 1);
      const [delivery] = receiver.deliveries;
      expect(JSON.parse(delivery?.body ?? '')).toMatchObject({ api_version: '2025-12-15.clover' });
    }, '2025-12-15.clover');
  });

  local('is told once for each event, at each address', async () => {
    await receiving(async (first) => {
      await receiving(async (second) => {
        const id = await newCustomer();
        await tries(first, id, 1);
        await tries(second, id, 1);
        expect([count(first, id), count(second, id)]).toEqual([1, 1]);
        const [a, b] = [first, second].map(({ deliveries }) => deliveries[0]);
        expect((JSON.parse(a?.body ?? '') as { id: string }).id).toBe(
          (JSON.parse(b?.body ?? '') as { id: string }).id,
        );
        expect(a?.signature.split('v1=')[1]).not.toBe(b?.signature.split('v1=')[1]);
      });
    });
  });
});

describe('an event', () => {
  local('that was not delivered can be found', async () => {
    await receiving(async (receiver) => {
      receiver.answerWith(500);
      const id = await newCustomer();
      await tries(receiver, id, 1);
      const failed = await until(async () => {
        const { data } = await stripe.events.list({ delivery_success: false, limit: 100 });
        return data.find(({ data: { object } }) => 'id' in object && object.id === id);
      });
      expect(failed.pending_webhooks).toBeGreaterThan(0);
    });
  });
});
