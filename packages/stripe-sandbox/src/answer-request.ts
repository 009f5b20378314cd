import { openAccount } from './context.ts';
import type { SandboxContext } from './context.ts';
import type { Endpoint } from './endpoint.ts';
import type { SandboxError } from './errors.ts';
import type { Fault, Faults } from './faults.ts';
import { fingerprintOf, keepAnswer, stillRunning } from './idempotency.ts';
import { newId } from './ids.ts';
import { readRequest } from './read-request.ts';
import type { ApiRequest } from './read-request.ts';
import { logRequest } from './request-log.ts';
import { errorBody, errorOf, runEndpoint } from './run-endpoint.ts';
import type { Answer } from './run-endpoint.ts';
import { respond } from './respond.ts';
import type { HttpContext } from './respond.ts';
import { settleDue } from './settle-due.ts';

/** Requests that are held before their work, by account and key: the same key gets a 409 meanwhile. */
export type Running = Set<string>;

/** Answers one API request over HTTP, with the faults that were planted for it. */
export async function answerRequest(
  c: HttpContext,
  ctx: SandboxContext,
  faults: Faults,
  running: Running,
  endpoint: Endpoint,
): Promise<Response> {
  const id = newId('req');
  const path = c.req.path;
  let request: ApiRequest;
  try {
    request = await readRequest(id, endpoint, c.req.raw, path);
  } catch (thrown) {
    return respond(c, id, unreadable(ctx, c, id, errorOf(thrown)));
  }
  const fault = faults.take(request.method, path);
  const lock = `${request.key.suffix} ${request.idempotencyKey ?? ''}`;
  if (request.idempotencyKey !== null && running.has(lock)) {
    const refused = errorOf(stillRunning(request.idempotencyKey));
    return respond(c, id, unreadable(ctx, c, id, refused));
  }
  if (fault !== undefined) {
    if (request.idempotencyKey !== null) running.add(lock);
    const early = await faultBefore(c, faults, fault).finally(() => running.delete(lock));
    if (early === 'gone') return hangUp(c);
    if (fault.action === 'status') {
      return respond(c, id, plantedStatus(ctx, request, fault.status));
    }
  }
  settleDue(ctx);
  const answer = runEndpoint(ctx, endpoint, request, c.req.param());
  if (fault?.action === 'reset_after') return hangUp(c);
  if (fault?.action === 'hold_after' && !(await faults.hold(fault.id, clientGone(c)))) {
    return hangUp(c);
  }
  return respond(c, id, answer);
}

async function faultBefore(c: HttpContext, faults: Faults, fault: Fault): Promise<'go' | 'gone'> {
  if (fault.action === 'reset_before') return 'gone';
  if (fault.action !== 'hold_before') return 'go';
  return (await faults.hold(fault.id, clientGone(c))) ? 'go' : 'gone';
}

async function clientGone(c: HttpContext): Promise<void> {
  return new Promise((resolve) => {
    c.env.outgoing.once('close', () => {
      resolve();
    });
  });
}

/** Cuts the connection; the empty answer goes nowhere. */
function hangUp(c: HttpContext): Response {
  c.env.incoming.socket.destroy();
  return new Response(null, { headers: { 'x-hono-already-sent': '1' } });
}

/** A planted failure: no work is done; a 5xx is kept under the key, as Stripe keeps its own. */
function plantedStatus(ctx: SandboxContext, request: ApiRequest, status: number): Answer {
  const error =
    status === 429
      ? {
          type: 'invalid_request_error',
          code: 'rate_limit',
          message: 'Request rate limit exceeded.',
        }
      : {
          type: status >= 500 ? 'api_error' : 'invalid_request_error',
          message: 'A failure that was planted through the control API.',
        };
  const answer = { status, body: errorBody(error), originalId: request.id, replayed: false };
  const account = openAccount(ctx, request.key.suffix, null);
  if (status >= 500 && request.idempotencyKey !== null) {
    const fingerprint = fingerprintOf(request.method, request.path, request.tree);
    keepAnswer(account, request.idempotencyKey, fingerprint, { ...answer, requestId: request.id });
  }
  logRequest(ctx.store, {
    id: request.id,
    at: ctx.clock.now(),
    method: request.method,
    path: request.path,
    status,
    idempotencyKey: request.idempotencyKey,
    replayed: false,
    accountId: account.id,
    params: {},
  });
  return answer;
}

function unreadable(ctx: SandboxContext, c: HttpContext, id: string, error: SandboxError): Answer {
  logRequest(ctx.store, {
    id,
    at: ctx.clock.now(),
    method: c.req.method,
    path: c.req.path,
    status: error.status,
    idempotencyKey: c.req.header('idempotency-key') ?? null,
    replayed: false,
    accountId: null,
    params: {},
  });
  return { status: error.status, body: errorBody(error.body), originalId: id, replayed: false };
}
