import Stripe from 'stripe';
import { listenedTypes } from '@onfile/payments/webhooks/listened.ts';
import { registerWebhookEndpoint } from '../register-webhook-endpoint.ts';

interface Endpoint {
  id: string;
  secret: string;
}

/**
 * Makes sure that the sandbox sends its events to `url`: the endpoint of an earlier start is moved
 * there and listens to what has a handler by now, a missing one is registered.
 */
export async function ensureWebhookEndpoint(
  stripe: Stripe,
  kept: Endpoint | null,
  url: string,
): Promise<Endpoint> {
  const known = kept && (await findEndpoint(stripe, kept.id));
  if (!known) return registerWebhookEndpoint(stripe, url);
  const listens = listenedTypes.every((type) => known.enabled_events.includes(type));
  if (known.url !== url || !listens) {
    await stripe.webhookEndpoints.update(kept.id, { url, enabled_events: listenedTypes });
  }
  return kept;
}

async function findEndpoint(
  stripe: Stripe,
  id: string,
): Promise<Stripe.WebhookEndpoint | undefined> {
  try {
    return await stripe.webhookEndpoints.retrieve(id);
  } catch (problem) {
    if (problem instanceof Stripe.errors.StripeError && problem.code === 'resource_missing') {
      return undefined;
    }
    throw problem;
  }
}
