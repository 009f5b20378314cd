import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { answerHeaders } from '@onfile/payments/webhooks/answer-delivery.ts';
import { takeDelivery } from '@onfile/payments/webhooks/take-delivery.ts';
import { getRuntime } from '#lib/server/runtime.ts';
import type { RequestHandler } from './$types';

/** Where there is no server of ours in front (main.ts): Vite's, while the app is worked on. */
export const POST: RequestHandler = async ({ request }) => {
  const answer = await takeDelivery(getRuntime(), {
    contentLength: request.headers.get('content-length'),
    signatureHeader: request.headers.get('stripe-signature'),
    // Made when it is read, and not before: an error of a stream that nobody listens to ends the process.
    body: () =>
      request.body ? Readable.fromWeb(request.body as ReadableStream) : Readable.from([]),
  });
  if (answer.status === 200) return new Response(null);
  return new Response(answer.message, { status: answer.status, headers: answerHeaders(answer) });
};
