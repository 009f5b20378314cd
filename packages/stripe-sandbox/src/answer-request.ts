import { openAccount } from './context.ts';
import type { SandboxContext } from './context.ts';
import type { Endpoint } from './endpoint.ts';
import type { SandboxError, StripeErrorBody } from './errors.ts';
import { plantedAnswer } from './fault-answer.ts';
import type { Fault, Faults } from './faults.ts';
import { findStoredAnswer, fingerprintOf, keepAnswer, stillRunning } from './idempotency.ts';
import { newId } from './ids.ts';
import { LOCK_TIMEOUT, RATE_LIMIT, lockedObjects } from './limits.ts';
import type { Limits } from './limits.ts';
import { maskParams } from './mask-params.ts';
import { readRequest } from './read-request.ts';
import type { ApiRequest } from './read-request.ts';
import { errorBody, errorOf, logAnswer, runEndpoint } from './run-endpoint.ts';
import type { Answer } from './run-endpoint.ts';
import { hangUp, respond, respondTruncated } from './respond.ts';
import type { HttpContext } from './respond.ts';
import { settleDue } from './settle-due.ts';

/** What stands before every API request: faults, limits, and what requests that wait hold on to. */
export type Gate = {
  faults: Faults;
  limits: Limits;
  /** Keys and objects of requests that are held or delayed before their work. */
  busy: Set<string>;
};

/** Answers one API request over HTTP, with the faults that were planted for it. */
export async function answerRequest(
  c: HttpContext,
  ctx: SandboxContext,
  gate: Gate,
  endpoint: Endpoint,
): Promise<Response> {
  const id = newId('req');
  let request: ApiRequest;
  try {
    request = await readRequest(id, endpoint, c.req.raw, c.req.path);
  } catch (thrown) {
    return respond(c, id, unreadable(ctx, c, id, errorOf(thrown)));
  }
  const ids = c.req.param();
  const refused = refuse(gate, endpoint, request, ids);
  if (refused !== undefined) return respond(c, id, logged(ctx, request, refused));
  const fault = gate.faults.take(request.method, request.path);
  if (fault !== undefined) {
    const early = await actBefore(c, gate, fault, holdings(gate, request, ids));
    if (early === 'gone') return hangUp(c);
    const planted = answerPlanted(ctx, request, fault);
    if (planted !== undefined) return respond(c, id, logged(ctx, request, planted));
  }
  settleDue(ctx);
  const answer = runEndpoint(ctx, endpoint, request, ids);
  await ctx.store.committed();
  if (fault?.action === 'reset_after') return hangUp(c);
  if (fault?.action === 'truncate') return respondTruncated(c, id, answer);
  if (fault?.action === 'hold_after' && !(await gate.faults.hold(fault.id, clientGone(c)))) {
    return hangUp(c);
  }
  return respond(c, id, answer);
}

/** Refused unseen (stripe.md 4.11, 4.12): too many, or in the way of a request that still runs. */
function refuse(
  gate: Gate,
  endpoint: Endpoint,
  request: ApiRequest,
  ids: { [name: string]: string },
): Answer | undefined {
  const reason = gate.limits.refuse(request.key.suffix, endpoint);
  if (reason !== undefined) {
    return failed(request, 429, RATE_LIMIT, { 'stripe-rate-limited-reason': reason });
  }
  if (gate.busy.size === 0) return undefined;
  if (request.idempotencyKey !== null && gate.busy.has(keyLock(request))) {
    const { status, body } = errorOf(stillRunning(request.idempotencyKey));
    return failed(request, status, body);
  }
  if (objectLocks(gate, request, ids).some((lock) => gate.busy.has(lock))) {
    return failed(request, 429, LOCK_TIMEOUT);
  }
  return undefined;
}

function keyLock(request: ApiRequest): string {
  return `key ${request.key.suffix} ${request.idempotencyKey ?? ''}`;
}

function objectLocks(gate: Gate, request: ApiRequest, ids: { [name: string]: string }): string[] {
  if (!gate.limits.locks || request.method === 'GET') return [];
  return lockedObjects(ids, request.tree).map((id) => `object ${request.key.suffix} ${id}`);
}

/** What nobody else may touch while this request waits. */
function holdings(gate: Gate, request: ApiRequest, ids: { [name: string]: string }): string[] {
  const key = request.idempotencyKey === null ? [] : [keyLock(request)];
  return [...key, ...objectLocks(gate, request, ids)];
}

async function actBefore(
  c: HttpContext,
  { faults, busy }: Gate,
  fault: Fault,
  locks: string[],
): Promise<'go' | 'gone'> {
  for (const lock of locks) busy.add(lock);
  try {
    switch (fault.action) {
      case 'reset_before':
        return 'gone';
      case 'hold_before':
        return (await faults.hold(fault.id, clientGone(c))) ? 'go' : 'gone';
      case 'delay':
        // The work is done even when the client has lost patience meanwhile, as at Stripe.
        await faults.delay(fault);
        return 'go';
      default:
        return 'go';
    }
  } finally {
    for (const lock of locks) busy.delete(lock);
  }
}

async function clientGone(c: HttpContext): Promise<void> {
  return new Promise((resolve) => {
    c.env.outgoing.once('close', () => {
      resolve();
    });
  });
}

/** A planted error: no work is done, and what had an answer under its key before keeps that one. */
function answerPlanted(ctx: SandboxContext, request: ApiRequest, fault: Fault): Answer | undefined {
  const planted = plantedAnswer(fault);
  if (planted === undefined) return undefined;
  const answer = failed(request, planted.status, planted.error, planted.headers);
  const { idempotencyKey: key, path } = request;
  if (!planted.kept || key === null) return answer;
  const account = openAccount(ctx, request.key.suffix, null);
  const fingerprint = fingerprintOf(ctx.fingerprintSalt, {
    ...request,
    access: request.key.access,
  });
  try {
    if (findStoredAnswer(account, key, fingerprint) === undefined) {
      keepAnswer(account, key, { path, fingerprint }, { ...answer, requestId: request.id });
    }
    return answer;
  } catch (thrown) {
    const { status, body } = errorOf(thrown);
    return failed(request, status, body);
  }
}

function failed(
  request: ApiRequest,
  status: number,
  error: StripeErrorBody,
  headers: { [name: string]: string } = {},
): Answer {
  return { status, body: errorBody(error), originalId: request.id, replayed: false, headers };
}

function logged(ctx: SandboxContext, request: ApiRequest, answer: Answer): Answer {
  const accountId = ctx.store.accountFor(request.key.suffix);
  logAnswer(ctx, request, { answer, accountId, masked: maskParams(request.tree) });
  return answer;
}

function unreadable(ctx: SandboxContext, c: HttpContext, id: string, error: SandboxError): Answer {
  const { status, body } = error;
  const answer = { status, body: errorBody(body), originalId: id, replayed: false };
  const idempotencyKey = c.req.header('idempotency-key') ?? null;
  const request = { id, method: c.req.method, path: c.req.path, idempotencyKey };
  logAnswer(ctx, request, { answer, accountId: null, masked: {} });
  return answer;
}
