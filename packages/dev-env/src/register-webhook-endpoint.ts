import { listenedTypes } from '@onfile/payments/webhooks/listened.ts';
import type Stripe from 'stripe';

/** The version whose event shapes the SDK's types describe. */
const apiVersion = '2026-10-28.endive';

/**
 * Registers a webhook endpoint for the events that have a handler.
 * @returns its id and its signing secret, which Stripe shows only this once
 */
export async function registerWebhookEndpoint(
  stripe: Stripe,
  url: string,
): Promise<{ id: string; secret: string }> {
  const endpoint = await stripe.webhookEndpoints.create({
    url,
    api_version: apiVersion,
    enabled_events: listenedTypes,
  });
  if (!endpoint.secret) throw new Error('The new webhook endpoint came without a secret.');
  return { id: endpoint.id, secret: endpoint.secret };
}
