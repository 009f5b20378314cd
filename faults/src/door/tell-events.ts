import type Stripe from 'stripe';
import { receiveStripeEvent } from '@onfile/payments/webhooks/receive-stripe-event.ts';
import type { World } from './world.ts';

/** Every event that Stripe has made, oldest first. */
export async function listEvents({ control }: World): Promise<Stripe.Event[]> {
  return ((await control.objects('event', 10_000)) as unknown as Stripe.Event[]).reverse();
}

/** Delivers an event as Stripe does: signed, at this moment, whatever it says of when it was made. */
export async function deliver(world: World, event: Stripe.Event): Promise<void> {
  const { runtime, clock } = world;
  const payload = JSON.stringify(event);
  const signatureHeader = runtime.stripe.webhooks.generateTestHeaderString({
    payload,
    secret: runtime.settings.stripe.webhookSecrets[0] ?? '',
    timestamp: Math.floor(clock.now() / 1_000),
  });
  const answer = await receiveStripeEvent(runtime, {
    rawBody: Buffer.from(payload),
    signatureHeader,
  });
  if (answer.status !== 200) throw new Error(`an event was refused: ${answer.message}`);
}
