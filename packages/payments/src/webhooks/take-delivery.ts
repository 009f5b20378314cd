import type { Readable } from 'node:stream';
import { countDelivery } from '../observability/metrics.ts';
import type { Runtime } from '../runtime.ts';
import { readBody } from './read-body.ts';
import type { Received } from './receive-stripe-event.ts';
import { mostBytesOfOne, receiveStripeEvent, refuseDelivery } from './receive-stripe-event.ts';

/** How much may be in memory at once before more is turned away: Stripe sends it again. */
const mostBytes = 64_000_000;
const longestMs = 10_000;

let bytesInHand = 0;

/** A request as it arrives, before its body is read. */
export interface Delivery {
  contentLength: string | null;
  signatureHeader: string | null;
  /** Not touched when the delivery can be answered without it. */
  body: Readable;
}

/**
 * Takes one delivery unless too much is in hand already (the disk hangs, or somebody opens requests
 * without end): then its body is not even read, and the sender is asked to come again.
 * @param bodyWithinMs how long its body may take to arrive
 */
export async function takeDelivery(
  runtime: Runtime,
  delivery: Delivery,
  bodyWithinMs = longestMs,
): Promise<Received> {
  const { signatureHeader } = delivery;
  const declared = Number(delivery.contentLength ?? NaN);
  const isTold = Number.isFinite(declared) && declared >= 0;
  // More than that is read of none, and nothing of one without a signature.
  const most = signatureHeader ? mostBytesOfOne : 0;
  const bytes = Math.min(isTold ? declared : mostBytesOfOne, most);
  if (bytesInHand + bytes > mostBytes) {
    countDelivery('turned_away');
    runtime.log.warn({ bytesInHand, why: 'Too much is in hand.' }, 'webhook turned away');
    return { status: 503, message: 'Too much is in hand: send it again later.' };
  }
  bytesInHand += bytes;
  try {
    const limits = { bytes: mostBytesOfOne, milliseconds: bodyWithinMs };
    const read = signatureHeader ? await readBody(delivery.body, limits) : Buffer.alloc(0);
    if (!Buffer.isBuffer(read)) return refuseDelivery(runtime, read.status, read.message);
    return await receiveStripeEvent(runtime, { rawBody: read, signatureHeader });
  } catch (error) {
    countDelivery('failed');
    throw error;
  } finally {
    bytesInHand -= bytes;
  }
}
