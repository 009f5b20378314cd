import { countDelivery } from '../observability/metrics.ts';
import type { Runtime } from '../runtime.ts';
import type { Received } from './receive-stripe-event.ts';
import { receiveStripeEvent } from './receive-stripe-event.ts';

/** How much may be in memory at once before more is turned away: Stripe sends it again. */
const mostBytes = 64_000_000;
/** The most that is read of one delivery, and taken for one that does not say how long it is. */
const mostOfOne = 1_000_000;

let bytesInHand = 0;

/** A request as it arrives, before its body is read. */
export interface Delivery {
  contentLength: string | null;
  signatureHeader: string | null;
  /** Reads the body; throws where it is too long or cut off. */
  readBody: () => Promise<Buffer>;
}

/**
 * Takes one delivery unless too much is in hand already (the disk hangs, or somebody opens requests
 * without end): then its body is not even read, and the sender is asked to come again.
 */
export async function takeDelivery(runtime: Runtime, delivery: Delivery): Promise<Received> {
  const declared = Number(delivery.contentLength ?? NaN);
  const isTold = Number.isFinite(declared) && declared >= 0;
  // More than that is read of none, and nothing of one without a signature.
  const most = delivery.signatureHeader ? mostOfOne : 0;
  const bytes = Math.min(isTold ? declared : mostOfOne, most);
  if (bytesInHand + bytes > mostBytes) {
    countDelivery('turned_away');
    runtime.log.warn({ bytesInHand, why: 'Too much is in hand.' }, 'webhook turned away');
    return { status: 503, message: 'Too much is in hand: send it again later.' };
  }
  bytesInHand += bytes;
  try {
    const rawBody = delivery.signatureHeader ? await delivery.readBody() : Buffer.alloc(0);
    return await receiveStripeEvent(runtime, {
      rawBody,
      signatureHeader: delivery.signatureHeader,
    });
  } catch (error) {
    countDelivery('failed');
    throw error;
  } finally {
    bytesInHand -= bytes;
  }
}
