import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { answerDelivery } from '@onfile/payments/webhooks/answer-delivery.ts';
import type { Span } from '@opentelemetry/api';
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { logWithRequestId } from './log-request.ts';

const route = '/webhooks/stripe';

/** Whatever else is written of the same address, the app's own router finds. */
function isDelivery({ method, url }: IncomingMessage): boolean {
  return method === 'POST' && (url === route || url?.startsWith(`${route}?`) === true);
}

/**
 * Answers Stripe's deliveries before an app's server sees them, and leaves all else to it: the
 * framework's requests, streams and responses cost more than all of the intake (decision 0015).
 */
export function takeDeliveriesFirst(server: Server, getRuntime: () => Runtime): void {
  const others = server.listeners('request');
  server.removeAllListeners('request');
  // A server that is about to end waits for connections that are kept alive.
  const letGo = (): void => {
    if (!server.listening) server.closeIdleConnections();
  };
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (isDelivery(request)) {
      if (!server.listening) response.setHeader('connection', 'close');
      // Whichever comes last: some are answered before all of them has arrived.
      request.once('close', letGo);
      response.once('close', letGo);
      answer(getRuntime, request, response).catch((error: unknown) => {
        console.error(error);
        response.destroy();
      });
    } else {
      for (const other of others) other.call(server, request, response);
    }
  });
}

/** Under a request id and a span, as the app's hooks give to every other request. */
async function answer(
  getRuntime: () => Runtime,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const requestId = randomUUID();
  const attributes = {
    'http.method': 'POST',
    'http.route': route,
    'onfile.request_id': requestId,
  };
  const respond = async (span: Span): Promise<void> => {
    try {
      const status = await logWithRequestId(requestId, () =>
        answerDelivery(getRuntime(), request, response),
      );
      span.setAttribute('onfile.result.status', status);
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    } finally {
      span.end();
    }
  };
  await trace
    .getTracer('onfile')
    .startActiveSpan(`POST ${route}`, { kind: SpanKind.SERVER, attributes }, respond);
}
