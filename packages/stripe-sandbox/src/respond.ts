import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { API_VERSION } from './emit-event.ts';
import type { Answer } from './run-endpoint.ts';

export type HttpContext = Context<{ Bindings: HttpBindings }>;

/** Puts Stripe's headers around an answer: its own id, and echoes of the version and the key. */
export function respond(c: HttpContext, id: string, answer: Answer): Response {
  const headers: { [name: string]: string } = {
    'content-type': 'application/json',
    'cache-control': 'no-cache, no-store',
    'request-id': id,
    'stripe-version': c.req.header('stripe-version') ?? API_VERSION,
  };
  const key = c.req.method === 'POST' ? c.req.header('idempotency-key') : undefined;
  if (key !== undefined && key !== '') {
    headers['idempotency-key'] = key;
    headers['original-request'] = answer.originalId;
    if (answer.replayed) headers['idempotent-replayed'] = 'true';
  }
  return new Response(answer.body, { status: answer.status, headers });
}
