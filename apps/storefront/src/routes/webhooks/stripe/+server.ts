import type { RequestHandler } from './$types';
import { takeDelivery } from '@onfile/payments/webhooks/take-delivery.ts';
import { getRuntime } from '#lib/server/runtime.ts';

export const POST: RequestHandler = async ({ request }) => {
  const answer = await takeDelivery(getRuntime(), {
    contentLength: request.headers.get('content-length'),
    signatureHeader: request.headers.get('stripe-signature'),
    readBody: () => readBody(request),
  });
  // Stripe reads the status only; without a body there is nothing to stream back.
  if (answer.status === 200) return new Response(null);
  const headers = answer.status === 503 ? { 'retry-after': '30' } : undefined;
  return new Response(answer.message, { status: answer.status, ...(headers && { headers }) });
};

/** Stripe sends a body at once. Who opens a request and holds it back takes room from it no longer. */
const longestMs = 10_000;

/**
 * Reads the stream itself: `arrayBuffer()` gives the same bytes, but on this hot path its own steps
 * cost about a tenth of the whole delivery.
 * @throws SvelteKit's 413 above BODY_SIZE_LIMIT
 */
async function readBody(request: Request): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  const reader = request.body?.getReader();
  // What was cut off has no good signature.
  const timer = setTimeout(() => void reader?.cancel().catch(() => undefined), longestMs);
  try {
    for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
      chunks.push(read.value);
    }
  } catch (error) {
    getRuntime().log.warn({ why: 'The body is too large or was cut off.' }, 'webhook refused');
    throw error;
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(chunks);
}
