import type { Readable } from 'node:stream';
import { countDelivery } from '../observability/metrics.ts';
import type { Runtime } from '../runtime.ts';
import { noRoom, readBody } from './read-body.ts';
import type { Received } from './receive-stripe-event.ts';
import {
  isOneSignature,
  mostBytesOfOne,
  receiveStripeEvent,
  refuseDelivery,
} from './receive-stripe-event.ts';

/** How much may be in memory at once before more is turned away: Stripe sends it again. */
const mostBytes = 64_000_000;
const longestMs = 10_000;

let bytesInHand = 0;

/** A request as it arrives, before its body is read. */
export interface Delivery {
  contentLength: string | null;
  signatureHeader: string | null;
  /** Not called when the delivery can be answered without it. */
  body: () => Readable;
}

/**
 * Takes one delivery unless too much is in hand already (the disk hangs, or somebody sends without end): then
 * the sender is asked to come again. What counts is what has arrived, not what was announced: who only opens
 * requests keeps nobody out.
 */
export async function takeDelivery(runtime: Runtime, delivery: Delivery): Promise<Received> {
  const { signatureHeader } = delivery;
  let bytes = 0;
  const takeRoom = (more: number): boolean => {
    if (bytesInHand + more > mostBytes) return false;
    bytesInHand += more;
    bytes += more;
    return true;
  };
  try {
    if (!hasRoomFor(delivery.contentLength)) return refuseDelivery(runtime, 503, noRoom);
    // Without a signature that could be Stripe's the body makes no difference.
    const isRead = signatureHeader !== null && isOneSignature(signatureHeader);
    const limits = { bytes: mostBytesOfOne, milliseconds: longestMs, takeRoom };
    const read = isRead ? await readBody(delivery.body(), limits) : Buffer.alloc(0);
    if (!Buffer.isBuffer(read)) return refuseDelivery(runtime, read.status, read.message);
    return await receiveStripeEvent(runtime, { rawBody: read, signatureHeader });
  } catch (error) {
    countDelivery('failed');
    throw error;
  } finally {
    bytesInHand -= bytes;
  }
}

/** Whether a body of that length has room now; of one that does not say, its first bytes. */
function hasRoomFor(contentLength: string | null): boolean {
  const declared = Number(contentLength ?? Number.NaN);
  const least = Number.isFinite(declared) && declared > 0 ? declared : 1;
  return bytesInHand + Math.min(least, mostBytesOfOne) <= mostBytes;
}
