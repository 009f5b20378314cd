import type { RequestHandler } from './$types';
import { receiveStripeEvent } from '@onfile/payments/webhooks/receive-stripe-event.ts';
import { getRuntime } from '#lib/server/runtime.ts';

export const POST: RequestHandler = async ({ request }) => {
  const answer = await receiveStripeEvent(getRuntime(), {
    rawBody: Buffer.from(await request.arrayBuffer()),
    signatureHeader: request.headers.get('stripe-signature'),
  });
  return new Response(answer.message, { status: answer.status });
};
