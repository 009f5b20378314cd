import { createHmac } from 'node:crypto';
import type { SandboxContext } from './context.ts';
import { recordDelivery } from './delivery-queue.ts';
import type { Delivery } from './delivery-queue.ts';
import type { Row } from './stored-objects.ts';

const TIMEOUT_MS = 10_000;

/**
 * One try of one delivery, written down: the status of the listener's answer, null when there was none.
 * `retrySeconds` is what to wait after each failed try; with the last one the delivery has failed. A try
 * that the sandbox's own end cut short is not counted.
 */
export async function sendDelivery(
  ctx: SandboxContext,
  delivery: Delivery,
  retrySeconds: readonly number[],
  stop: AbortSignal,
): Promise<number | null> {
  const { store, clock } = ctx;
  const endpoint = store.find(delivery.account, 'webhook_endpoint', delivery.endpoint_id);
  const event = store.find(delivery.account, 'event', delivery.event_id);
  if (endpoint === undefined || event === undefined || endpoint.hidden.deleted) {
    recordDelivery(store, delivery.seq, { state: 'failed', nextMs: null, status: null });
    return null;
  }
  const { api_version: version, url } = endpoint.object;
  // Rendered in the endpoint's version, whatever the request that caused it was pinned to.
  const body = version === null ? event.object : { ...event.object, api_version: version };
  const payload = JSON.stringify(body, null, 2);
  const status = await post(url, payload, signPayload(endpoint, payload, clock.seconds()), stop);
  if (stop.aborted) return null;
  const wait = retrySeconds[delivery.attempts];
  if (status !== null && status >= 200 && status < 300) {
    recordDelivery(store, delivery.seq, { state: 'delivered', nextMs: null, status });
  } else if (wait === undefined) {
    recordDelivery(store, delivery.seq, { state: 'failed', nextMs: null, status });
  } else {
    const nextMs = clock.now() + wait * 1000;
    recordDelivery(store, delivery.seq, { state: 'pending', nextMs, status });
  }
  return status;
}

/**
 * `t=…,v1=…` over the exact bytes that are sent (stripe.md 6.1); for a day after a roll the former
 * secret signs as well.
 */
function signPayload(
  { hidden }: Row<'webhook_endpoint'>,
  payload: string,
  atSeconds: number,
): string {
  const secrets = [hidden.secret];
  if (hidden.former !== undefined && hidden.former.until > atSeconds) {
    secrets.push(hidden.former.secret);
  }
  const signatures = secrets.map((secret) =>
    createHmac('sha256', secret)
      .update(`${String(atSeconds)}.${payload}`)
      .digest('hex'),
  );
  return [`t=${String(atSeconds)}`, ...signatures.map((hex) => `v1=${hex}`)].join(',');
}

async function post(
  url: string,
  payload: string,
  signature: string,
  stop: AbortSignal,
): Promise<number | null> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: payload,
      redirect: 'manual',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'stripe-signature': signature,
        'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      },
      signal: AbortSignal.any([stop, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null;
  }
}
