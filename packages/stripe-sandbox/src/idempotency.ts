import { createHmac } from 'node:crypto';
import type { Account } from './context.ts';
import { idempotencyError, invalidRequest } from './errors.ts';
import { isTree } from './params.ts';
import type { ParamTree } from './params.ts';

type StoredAnswer = { status: number; body: string; requestId: string };
type KeyRow = { fingerprint: string; status: number; body: string; request_id: string };

const DAY_MS = 24 * 60 * 60 * 1000;
/** No parameter of Stripe's lies deeper. */
const DEEPEST = 20;

/** Calls that take an `Idempotency-Key`: POST, and in the v2 API DELETE too (stripe.md 4.11). */
export function takesKey(method: string, path: string): boolean {
  return method === 'POST' || (method === 'DELETE' && path.startsWith('/v2/'));
}

type Asked = { method: string; path: string; access: string; tree: ParamTree };

/**
 * Same method, path, kind of key and parameters, in whatever order they were sent (the Stripe CLI shuffles
 * them), same fingerprint. All of what was sent counts, card numbers and secrets too: another number is
 * another request. So it is salted, as the fingerprints of cards are.
 */
export function fingerprintOf(salt: string, { method, path, access, tree }: Asked): string {
  return createHmac('sha256', salt)
    .update(JSON.stringify([method, path, access, inOrder(tree, 0)]))
    .digest('hex');
}

/** Names in alphabetical order, as deep as parameters go. */
function inOrder(value: unknown, depth: number): unknown {
  if (depth > DEEPEST) return null;
  if (Array.isArray(value)) return value.map((element: unknown) => inOrder(element, depth + 1));
  if (!isTree(value)) return value;
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => [name, inOrder(inner, depth + 1)]);
}

/**
 * The answer kept under a key: undefined when the key is new. Throws for a key that was used with
 * another request, and for one longer than 255 characters.
 */
export function findStoredAnswer(
  account: Account,
  key: string,
  fingerprint: string,
): StoredAnswer | undefined {
  if (key.length > 255) {
    throw invalidRequest('Idempotency keys can be at most 255 characters long.');
  }
  const { store, clock } = account.ctx;
  const row = store
    .sql<[string, string, number], KeyRow>(
      'select fingerprint, status, body, request_id from idempotency_keys where account = ? and key = ? and expires_ms > ?',
    )
    .get(account.id, key, clock.now());
  if (row === undefined) return undefined;
  if (row.fingerprint !== fingerprint) throw usedElsewhere(key);
  return { status: row.status, body: row.body, requestId: row.request_id };
}

/** Keeps an answer by the sandbox's clock: 24 hours, in the v2 API 30 days. */
export function keepAnswer(
  account: Account,
  key: string,
  request: { path: string; fingerprint: string },
  answer: StoredAnswer,
): void {
  const now = account.ctx.clock.now();
  const expires = now + (request.path.startsWith('/v2/') ? 30 : 1) * DAY_MS;
  account.ctx.store
    .sql<unknown[], unknown>(
      `insert or replace into idempotency_keys
       (account, key, fingerprint, status, body, request_id, created_ms, expires_ms)
       values (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      account.id,
      key,
      request.fingerprint,
      answer.status,
      answer.body,
      answer.requestId,
      now,
      expires,
    );
}

function usedElsewhere(key: string): Error {
  return idempotencyError(
    400,
    `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
  );
}

/** 409 while the first request with this key still runs. */
export function stillRunning(key: string): Error {
  return idempotencyError(
    409,
    `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
    'idempotency_key_in_use',
  );
}
