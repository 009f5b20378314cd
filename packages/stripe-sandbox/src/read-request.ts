import { readApiKey, requireSecretKey } from './auth.ts';
import type { ApiKey } from './auth.ts';
import type { Endpoint } from './endpoint.ts';
import { checkParams } from './check-params.ts';
import { checkVersion } from './check-version.ts';
import { invalidRequest, refusal } from './errors.ts';
import { parseForm, parseJson, readBody } from './form-body.ts';
import { takesKey } from './idempotency.ts';
import { readMultipart } from './read-multipart.ts';
import { paramsOf } from './param-spec.ts';
import type { ParamTree } from './params.ts';

/** An API request after reading: authenticated, decoded, its parameter names checked. */
export type ApiRequest = {
  id: string;
  method: string;
  path: string;
  key: ApiKey;
  idempotencyKey: string | null;
  version: string | null;
  tree: ParamTree;
};

/** From this API version on, `payment_method_types` is no parameter of intents and sessions. */
const TYPES_REMOVED_IN = '2026-09-30';
const TAKES_TYPES = /^\/v1\/(checkout\/sessions|payment_intents|setup_intents)(\/|$)/;

/** Reads and checks a request; throws a SandboxError for whatever Stripe would refuse unseen. */
export async function readRequest(
  id: string,
  endpoint: Endpoint,
  request: Request,
  path: string,
): Promise<ApiRequest> {
  const mark = request.url.indexOf('?');
  const query = parseForm(mark < 0 ? '' : request.url.slice(mark + 1));
  const queryKey = typeof query.key === 'string' ? query.key : null;
  delete query.key;
  const key = readApiKey(request.headers.get('authorization'), queryKey);
  // A web page never has a secret key; one that guesses must not drive the sandbox from a browser.
  if (key.access === 'secret' && request.headers.has('origin')) {
    throw refusal(403, 'A secret key may not be used from a browser.');
  }
  if (endpoint.access !== 'any') requireSecretKey(key.access);
  const version = request.headers.get('stripe-version');
  checkVersion(version);
  const tree =
    request.method === 'POST'
      ? { ...query, ...(await readParams(endpoint, request, path)) }
      : query;
  checkNames(endpoint, path, version, tree);
  return {
    id,
    method: request.method,
    path,
    key,
    idempotencyKey: takesKey(request.method, path)
      ? request.headers.get('idempotency-key') || null
      : null,
    version,
    tree,
  };
}

async function readParams(endpoint: Endpoint, request: Request, path: string): Promise<ParamTree> {
  const type = request.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (endpoint.multipart === true && type === 'multipart/form-data') return readMultipart(request);
  const body = await readBody(request);
  if (endpoint.json === true && type === 'application/json') return parseJson(body);
  if (path.startsWith('/v2/') && body !== '') {
    throw invalidRequest('Invalid request: the second API takes JSON.');
  }
  if (body !== '' && type !== '' && type !== 'application/x-www-form-urlencoded') {
    throw invalidRequest(
      'Invalid request (check that your POST content type is application/x-www-form-urlencoded). If you have any questions, we can help at https://support.stripe.com/.',
    );
  }
  return parseForm(body);
}

function checkNames(
  endpoint: Endpoint,
  path: string,
  version: string | null,
  tree: ParamTree,
): void {
  const allowed = [...(endpoint.more ?? [])];
  if (Object.hasOwn(tree, 'payment_method_types') && TAKES_TYPES.test(path)) {
    // The Stripe CLI sends no version and is served as an older client.
    if (version === null || version < TYPES_REMOVED_IN) allowed.push('payment_method_types');
    else if (!path.startsWith('/v1/checkout')) {
      throw invalidRequest('The payment_method_types parameter is no longer supported.', {
        code: 'payment_method_types_no_longer_supported',
        param: 'payment_method_types',
      });
    }
  }
  checkParams(paramsOf(endpoint.method, endpoint.path), tree, {
    allowed,
    ...(endpoint.longestText === undefined ? {} : { longestText: endpoint.longestText }),
  });
}
