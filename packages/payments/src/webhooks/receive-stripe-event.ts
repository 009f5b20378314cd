import Stripe from 'stripe';
import { z } from 'zod';
import type { Db } from '@onfile/db/database.ts';
import type { GroupCommit } from '@onfile/db/group-commit.ts';
import { groupCommit } from '@onfile/db/group-commit.ts';
import type { ReceivedEvent } from '@onfile/db/tables/stripe-events.ts';
import { insertEvents } from '@onfile/db/tables/stripe-events.ts';
import type { Runtime } from '../runtime.ts';

/** Stripe's own tolerance for the age of a signature, in seconds. */
const toleranceSeconds = 300;
const maxBodyBytes = 1_000_000;
/** Bounded by the number of parameters that one statement may have. */
const maxEventsPerCommit = 500;

export interface Received {
  status: 200 | 400 | 413;
  message: string;
}

/** What the inbox needs of a snapshot event; the rest is kept as it came. */
const envelope = z.object({
  id: z.string().min(1).max(255),
  object: z.literal('event'),
  type: z.string().min(1).max(255),
  api_version: z.string().max(64).nullable(),
  created: z.int().nonnegative(),
  livemode: z.boolean(),
  data: z.object({ object: z.object({ id: z.string().max(255).optional() }) }),
});

type EventEnvelope = z.infer<typeof envelope>;

const inboxes = new WeakMap<Db, GroupCommit<ReceivedEvent>>();

function inboxOf(db: Db): GroupCommit<ReceivedEvent> {
  let inbox = inboxes.get(db);
  if (!inbox) {
    inbox = groupCommit((rows) => insertEvents(db, rows), maxEventsPerCommit);
    inboxes.set(db, inbox);
  }
  return inbox;
}

/** Two signature headers arrive joined by a comma; a roll of the secret has one `t` and more `v1`. */
function isOneSignature(header: string): boolean {
  return (
    header.length < 4_000 && header.split(',').filter((part) => /^\s*t=/.test(part)).length === 1
  );
}

/**
 * Takes one delivery: verifies it, stores it (once), and answers only after the commit. Nothing is
 * handled here, so the answer is as fast as the disk. A refused delivery leaves a log line without
 * its body and nothing else.
 */
export async function receiveStripeEvent(
  runtime: Runtime,
  delivery: { rawBody: Buffer; signatureHeader: string | null },
): Promise<Received> {
  const refuse = (status: 400 | 413, message: string): Received => {
    runtime.log.warn({ bytes: delivery.rawBody.length, why: message }, 'webhook refused');
    return { status, message };
  };
  if (delivery.rawBody.length > maxBodyBytes) return refuse(413, 'The body is larger than 1 MB.');
  if (!delivery.signatureHeader) return refuse(400, 'The Stripe-Signature header is missing.');
  if (!isOneSignature(delivery.signatureHeader)) {
    return refuse(400, 'There must be exactly one Stripe-Signature header.');
  }
  const now = runtime.clock.now();
  // Decoded once, for the signature and for the inbox: bytes that are no UTF-8 fail the first.
  const payload = delivery.rawBody.toString('utf8');
  let event: EventEnvelope;
  try {
    const verified = runtime.stripe.webhooks.constructEvent(
      payload,
      delivery.signatureHeader,
      runtime.settings.stripe.webhookSecret,
      toleranceSeconds,
      undefined,
      now,
    );
    event = envelope.parse(verified);
  } catch (error) {
    const isSignature = error instanceof Stripe.errors.StripeSignatureVerificationError;
    return refuse(
      400,
      isSignature ? 'The signature does not match.' : 'The body is not a Stripe event.',
    );
  }
  if (event.livemode !== (runtime.settings.stripe.mode === 'live')) {
    return refuse(400, 'The event is from another mode than this installation.');
  }
  await inboxOf(runtime.db).add(inboxRow(event, payload, now));
  return { status: 200, message: 'Stored.' };
}

function inboxRow(event: EventEnvelope, payload: string, now: number): ReceivedEvent {
  return {
    id: event.id,
    type: event.type,
    apiVersion: event.api_version,
    objectId: event.data.object.id ?? null,
    stripeCreatedAt: event.created * 1000,
    payload,
    receivedAt: now,
    cameBy: null,
  };
}
