import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Runtime } from '../runtime.ts';
import type { Received } from './receive-stripe-event.ts';
import { takeDelivery } from './take-delivery.ts';

/** What a sender is answered besides the status. Stripe reads the status only. */
export function answerHeaders({ status }: Received): Record<string, string> {
  return {
    'content-type': 'text/plain; charset=utf-8',
    ...(status === 503 && { 'retry-after': '30' }),
  };
}

/**
 * Takes a delivery from `node:http` and answers it. Never rejects: what could not be stored is logged,
 * and answered with 500 so that Stripe sends it again.
 * @returns the status of the answer
 */
export async function answerDelivery(
  runtime: Runtime,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<number> {
  const signature = request.headers['stripe-signature'];
  try {
    const answer = await takeDelivery(runtime, {
      contentLength: request.headers['content-length'] ?? null,
      // Two headers arrive as one that names both.
      signatureHeader: typeof signature === 'string' ? signature : null,
      body: () => request,
    });
    if (answer.status === 200) response.writeHead(200, { 'content-length': 0 }).end();
    else {
      // What is still to come of a body that was held back is nothing that we wait for.
      if (answer.status === 408) response.setHeader('connection', 'close');
      response.writeHead(answer.status, answerHeaders(answer)).end(answer.message);
    }
  } catch (error) {
    runtime.log.error({ err: error, route: '/webhooks/stripe' }, 'fault');
    if (!response.headersSent) response.writeHead(500);
    response.end();
  }
  return response.statusCode;
}
