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

/** What goes back over HTTP. `originalId` names the first request when this is a replay. */
export type Answer = {
  status: number;
  body: string;
  originalId: string;
  replayed: boolean;
  headers?: { [name: string]: string };
};

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
 * Runs a request and keeps its answer under the idempotency key, in one transaction. What is refused
 * undoes its own writes; a bank's no keeps them. Synchronous: nothing else runs in between.
 */
export function runEndpoint(
  ctx: SandboxContext,
  endpoint: Endpoint,
  request: ApiRequest,
  ids: { [name: string]: string },
): Answer {
  const account = openAccount(ctx, request.key.suffix, {
    id: request.id,
    idempotencyKey: request.idempotencyKey,
    access: request.key.access,
    version: request.version,
  });
  const masked = maskParams(request.tree);
  const answer = replayOrRun(account, endpoint, request, ids);
  logAnswer(ctx, request, { answer, accountId: account.id, masked });
  return answer;
}

/** One line of the request log; `masked`: parameters without card data and secrets. */
export function logAnswer(
  ctx: SandboxContext,
  request: Pick<ApiRequest, 'id' | 'method' | 'path' | 'idempotencyKey'>,
  { answer, accountId, masked }: { answer: Answer; accountId: string | null; masked: unknown },
): void {
  ctx.requests.add({
    id: request.id,
    at: ctx.clock.now(),
    method: request.method,
    path: request.path,
    status: answer.status,
    idempotencyKey: request.idempotencyKey,
    replayed: answer.replayed,
    accountId,
    params: masked,
  });
}

type Ids = { [name: string]: string };

function replayOrRun(account: Account, endpoint: Endpoint, request: ApiRequest, ids: Ids): Answer {
  const { idempotencyKey: key } = request;
  if (key === null) return run(account, endpoint, request, { ids, keep: () => undefined });
  const fingerprint = fingerprintOf(account.ctx.fingerprintSalt, {
    ...request,
    access: request.key.access,
  });
  try {
    const stored = findStoredAnswer(account, key, fingerprint);
    if (stored !== undefined) {
      const { status, body, requestId } = stored;
      return { status, body, originalId: requestId, replayed: true };
    }
  } catch (thrown) {
    return failure(request, errorOf(thrown));
  }
  const keep = (answer: Answer): void => {
    const { status, body } = answer;
    const stored = { status, body, requestId: request.id };
    keepAnswer(account, key, { path: request.path, fingerprint }, stored);
  };
  return run(account, endpoint, request, { ids, keep });
}

function run(
  account: Account,
  endpoint: Endpoint,
  request: ApiRequest,
  { ids, keep }: { ids: Ids; keep: (answer: Answer) => void },
): Answer {
  const work = (): Answer => {
    const answer = answerOf(account, endpoint, request, ids);
    keep(answer);
    return answer;
  };
  try {
    // A question writes nothing that would have to be undone.
    return request.method === 'GET' ? work() : account.ctx.store.transaction(work);
  } catch (thrown) {
    const error = errorOf(thrown);
    const answer = failure(request, error);
    // Refused before anything ran: the same key may come again with better parameters.
    if (error.reached !== 'validation') keep(answer);
    return answer;
  }
}

/** Throws what undoes the request's writes; a bank's no is an answer, and they stay. */
function answerOf(account: Account, endpoint: Endpoint, request: ApiRequest, ids: Ids): Answer {
  try {
    const params: Params = { values: request.tree, at: '' };
    const paths = texts(params, 'expand') ?? [];
    const body = expanded(account, endpoint.answer({ account, ids, params }), paths);
    return { status: 200, body, originalId: request.id, replayed: false };
  } catch (thrown) {
    if (thrown instanceof SandboxError && thrown.reached === 'outcome') {
      return failure(request, thrown);
    }
    throw thrown;
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
