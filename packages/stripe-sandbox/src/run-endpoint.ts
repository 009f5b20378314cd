import { openAccount } from './context.ts';
import type { Account, SandboxContext } from './context.ts';
import type { Endpoint } from './endpoint.ts';
import { SandboxError } from './errors.ts';
import type { StripeErrorBody } from './errors.ts';
import { expandObject } from './expand.ts';
import { findStoredAnswer, fingerprintOf, keepAnswer } from './idempotency.ts';
import { INCLUDABLE } from './includable.ts';
import { maskParams } from './mask-params.ts';
import { texts } from './params.ts';
import type { ParamTree, Params } from './params.ts';
import type { ApiRequest } from './read-request.ts';
import { logRequest } from './request-log.ts';

/** What goes back over HTTP. `originalId` names the first request when this is a replay. */
export type Answer = { status: number; body: string; originalId: string; replayed: boolean };

/** The envelope around an error. */
export function errorBody(error: StripeErrorBody): string {
  return JSON.stringify({ error });
}

/** What a thrown value is answered with: anything unforeseen is Stripe's 500. */
export function errorOf(thrown: unknown): SandboxError {
  if (thrown instanceof SandboxError) return thrown;
  console.error('The sandbox failed to answer a request.', thrown);
  const message = 'An unknown error occurred in the sandbox; its output has the cause.';
  return new SandboxError(500, { type: 'api_error', message }, 'execution');
}

/**
 * Runs a request in one transaction with its idempotency record and its log line. What is refused
 * undoes its own writes; a bank's no keeps them. Synchronous: nothing else runs in between.
 */
export function runEndpoint(
  ctx: SandboxContext,
  endpoint: Endpoint,
  request: ApiRequest,
  ids: { [name: string]: string },
): Answer {
  return ctx.store.transaction(() => {
    const account = openAccount(ctx, request.key.suffix, {
      id: request.id,
      idempotencyKey: request.idempotencyKey,
      access: request.key.access,
      version: request.version,
    });
    const answer = replayOrRun(account, endpoint, request, ids);
    logRequest(ctx.store, {
      id: request.id,
      at: ctx.clock.now(),
      method: request.method,
      path: request.path,
      status: answer.status,
      idempotencyKey: request.idempotencyKey,
      replayed: answer.replayed,
      accountId: account.id,
      params: maskParams(request.tree),
    });
    return answer;
  });
}

function replayOrRun(
  account: Account,
  endpoint: Endpoint,
  request: ApiRequest,
  ids: { [name: string]: string },
): Answer {
  const { idempotencyKey: key } = request;
  if (key === null) return run(account, endpoint, request, ids).answer;
  const fingerprint = fingerprintOf(request.method, request.path, request.tree);
  try {
    const stored = findStoredAnswer(account, key, fingerprint);
    if (stored !== undefined) {
      const { status, body, requestId } = stored;
      return { status, body, originalId: requestId, replayed: true };
    }
  } catch (thrown) {
    return failure(request, errorOf(thrown));
  }
  const { answer, reached } = run(account, endpoint, request, ids);
  // Refused before anything ran: the same key may come again with better parameters.
  if (reached !== 'validation') {
    keepAnswer(account, key, fingerprint, { ...answer, requestId: request.id });
  }
  return answer;
}

function run(
  account: Account,
  endpoint: Endpoint,
  request: ApiRequest,
  ids: { [name: string]: string },
): { answer: Answer; reached: SandboxError['reached'] } {
  const { store } = account.ctx;
  try {
    const outcome = store.transaction(() => {
      try {
        const params: Params = { values: request.tree, at: '' };
        const paths = texts(params, 'expand') ?? [];
        const result = endpoint.answer({ account, ids, params });
        return expanded(account, result, paths);
      } catch (thrown) {
        // Returned, not thrown: the transaction keeps the refused intent and its events.
        if (thrown instanceof SandboxError && thrown.reached === 'outcome') return thrown;
        throw thrown;
      }
    });
    if (outcome instanceof SandboxError) {
      return { answer: failure(request, outcome), reached: 'outcome' };
    }
    return {
      answer: { status: 200, body: outcome, originalId: request.id, replayed: false },
      reached: 'execution',
    };
  } catch (thrown) {
    const error = errorOf(thrown);
    return { answer: failure(request, error), reached: error.reached };
  }
}

function expanded(account: Account, result: object, paths: string[]): string {
  const body = JSON.stringify(result);
  if (paths.length === 0) return body;
  const tree = JSON.parse(body) as ParamTree;
  expandObject(account, tree, paths, INCLUDABLE);
  return JSON.stringify(tree);
}

function failure(request: ApiRequest, error: SandboxError): Answer {
  return {
    status: error.status,
    body: errorBody(error.body),
    originalId: request.id,
    replayed: false,
  };
}
