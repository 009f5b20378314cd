import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { API_VERSION } from './emit-event.ts';
import { takesKey } from './idempotency.ts';
import type { Answer } from './run-endpoint.ts';
import { toV2Error } from './v2/v2-error.ts';

export type HttpContext = Context<{ Bindings: HttpBindings }>;

/** Puts Stripe's headers around an answer: its own id, and echoes of the version and the key. */
export function respond(c: HttpContext, id: string, answer: Answer): Response {
  const inV2 = answer.status >= 400 && c.req.path.startsWith('/v2/');
  return new Response(inV2 ? toV2Error(answer.status, answer.body) : answer.body, {
    status: answer.status,
    headers: answerHeaders(c, id, answer),
  });
}

/** Announces the whole answer, sends half of it, and cuts the connection. */
export function respondTruncated(c: HttpContext, id: string, answer: Answer): Response {
  const { outgoing, incoming } = c.env;
  const bytes = Buffer.from(answer.body, 'utf8');
  const headers = { ...answerHeaders(c, id, answer), 'content-length': String(bytes.length) };
  outgoing.writeHead(answer.status, headers);
  outgoing.write(bytes.subarray(0, bytes.length >> 1), () => {
    incoming.socket.destroy();
  });
  return alreadySent();
}

/** Cuts the connection without a word. */
export function hangUp(c: HttpContext): Response {
  c.env.incoming.socket.destroy();
  return alreadySent();
}

/** The empty answer goes nowhere: this header tells the HTTP adapter to keep its hands off. */
function alreadySent(): Response {
  const response = new Response(null, { headers: { 'x-hono-already-sent': '1' } });
  // The adapter writes its own light responses without a look at that header; this makes it a full one.
  void response.body;
  return response;
}

function answerHeaders(c: HttpContext, id: string, answer: Answer): { [name: string]: string } {
  const headers: { [name: string]: string } = {
    'content-type': 'application/json',
    'cache-control': 'no-cache, no-store',
    'request-id': id,
    'stripe-version': c.req.header('stripe-version') ?? API_VERSION,
    ...answer.headers,
  };
  const key = takesKey(c.req.method, c.req.path) ? c.req.header('idempotency-key') : undefined;
  if (key !== undefined && key !== '') {
    headers['idempotency-key'] = key;
    headers['original-request'] = answer.originalId;
    if (answer.replayed) headers['idempotent-replayed'] = 'true';
  }
  return headers;
}
