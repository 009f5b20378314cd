import Stripe from 'stripe';
import { z } from 'zod';
import type { Runtime } from '../runtime.ts';

/** Stripe's own tolerance for the age of a signature, in seconds. */
const toleranceSeconds = 300;

/** What the inbox needs of a snapshot event; the rest is kept as it came. */
const envelope = z.object({
  id: z.string().min(1).max(255),
  object: z.literal('event'),
  type: z.string().min(1).max(255),
  api_version: z.string().max(64).nullable(),
  /** Of an event of a connected account; of our own it is left out. */
  account: z.string().max(255).nullish(),
  created: z.int().nonnegative(),
  livemode: z.boolean(),
  data: z.object({ object: z.object({ id: z.string().max(255).optional() }) }),
});

export type EventEnvelope = z.infer<typeof envelope>;

/** Null for what is not a snapshot event. */
export function readEnvelope(event: unknown): EventEnvelope | null {
  return envelope.safeParse(event).data ?? null;
}

/**
 * The event, when its signature is of one of our secrets: while a secret is rolled, Stripe's and ours
 * change at different moments. Otherwise a sentence that says why not.
 */
export function verifyEvent(
  runtime: Pick<Runtime, 'stripe' | 'clock' | 'settings'>,
  payload: string,
  signatureHeader: string,
): EventEnvelope | string {
  const now = runtime.clock.now();
  for (const secret of runtime.settings.stripe.webhookSecrets) {
    try {
      const verified = runtime.stripe.webhooks.constructEvent(
        payload,
        signatureHeader,
        secret,
        toleranceSeconds,
        undefined,
        now,
      );
      return readEnvelope(verified) ?? 'The body is not a Stripe event.';
    } catch (error) {
      const isSignature = error instanceof Stripe.errors.StripeSignatureVerificationError;
      if (!isSignature) return 'The body is not a Stripe event.';
    }
  }
  return 'The signature does not match.';
}
