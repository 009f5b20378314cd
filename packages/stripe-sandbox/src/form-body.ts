import qs from 'qs';
import { invalidRequest } from './errors.ts';
import { isTree } from './params.ts';
import { readBytes } from './read-bytes.ts';
import type { ParamTree } from './params.ts';

/** Bodies over 1 MiB are refused unread. */
const BODY_LIMIT_BYTES = 1_048_576;

/** Decodes `a[b][0]=c`, up to 10 levels and 1,000 values, as Stripe's clients write it. */
export function parseForm(encoded: string): ParamTree {
  if (encoded === '') return {};
  requireWholeEscapes(encoded);
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

/** `%ff` and `%zz` stand for no character. */
function requireWholeEscapes(encoded: string): void {
  if (!encoded.includes('%')) return;
  try {
    decodeURIComponent(encoded);
  } catch {
    throw invalidRequest('Invalid request: the parameters are not percent-encoded UTF-8.');
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

/**
 * The body as text; 413 when it is longer than the limit, whether or not its length was announced; 400
 * when it is not UTF-8, or says that it is not.
 */
export async function readBody(request: Request): Promise<string> {
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  const charset = /charset="?([^";\s]+)/i.exec(request.headers.get('content-type') ?? '')?.[1];
  if (encoding !== 'identity' || (charset !== undefined && !/^(utf-?8|us-ascii)$/i.test(charset))) {
    throw invalidRequest('Invalid request: the body must be plain UTF-8.');
  }
  if (request.headers.get('content-length') === '0') return '';
  const bytes = await readBytes(request, { most: BODY_LIMIT_BYTES, inWords: '1 MiB' });
  try {
    return UTF_8.decode(bytes);
  } catch {
    throw invalidRequest('Invalid request: the body must be plain UTF-8.');
  }
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true });
