import qs from 'qs';
import { invalidRequest, refusal } from './errors.ts';
import { isTree } from './params.ts';
import type { ParamTree } from './params.ts';

/** Bodies over 1 MiB are refused unread. */
const BODY_LIMIT_BYTES = 1_048_576;

/** Decodes `a[b][0]=c`, up to 10 levels and 1,000 values, as Stripe's clients write it. */
export function parseForm(encoded: string): ParamTree {
  if (encoded === '') return {};
  try {
    const tree: unknown = qs.parse(encoded, {
      depth: 10,
      strictDepth: true,
      parameterLimit: 1000,
      throwOnLimitExceeded: true,
      arrayLimit: 500,
      plainObjects: true,
      ignoreQueryPrefix: true,
      duplicates: 'last',
    });
    return isTree(tree) ? tree : {};
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw invalidRequest('Invalid request: the parameters are nested too deeply or too many.');
  }
}

/** Decodes a JSON object; anything else is refused. */
export function parseJson(body: string): ParamTree {
  if (body === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw invalidRequest('Invalid request: the body is not valid JSON.');
  }
  if (!isTree(value)) throw invalidRequest('Invalid request: the body must be a JSON object.');
  return value;
}

/** The body as text; 413 when it is longer than the limit, whether or not its length was announced. */
export async function readBody(request: Request): Promise<string> {
  const announced = request.headers.get('content-length');
  if (announced !== null) {
    if (Number(announced) > BODY_LIMIT_BYTES) throw tooLarge();
    return request.text();
  }
  if (request.body === null) return '';
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = request.body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > BODY_LIMIT_BYTES) throw tooLarge();
    parts.push(value);
  }
  return Buffer.concat(parts).toString('utf8');
}

function tooLarge(): Error {
  return refusal(413, 'Invalid request: the body is larger than 1 MiB.');
}
