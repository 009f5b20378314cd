import { createHash } from 'node:crypto';
import type { Account } from './context.ts';
import { idempotencyError, invalidRequest } from './errors.ts';
import { maskParams } from './mask-params.ts';
import type { ParamTree } from './params.ts';

type StoredAnswer = { status: number; body: string; requestId: string };
type KeyRow = { fingerprint: string; status: number; body: string; request_id: string };

const KEPT_MS = 24 * 60 * 60 * 1000;

/** Same method, path and parameters, same fingerprint. Card data does not enter it. */
export function fingerprintOf(method: string, path: string, params: ParamTree): string {
  return createHash('sha256')
    .update(JSON.stringify([method, path, maskParams(params)]))
    .digest('hex');
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
  store
    .sql<[number], unknown>('delete from idempotency_keys where created_ms < ?')
    .run(clock.now() - KEPT_MS);
  const row = store
    .sql<[string, string], KeyRow>(
      'select fingerprint, status, body, request_id from idempotency_keys where account = ? and key = ?',
    )
    .get(account.id, key);
  if (row === undefined) return undefined;
  if (row.fingerprint !== fingerprint) throw usedElsewhere(key);
  return { status: row.status, body: row.body, requestId: row.request_id };
}

/** Keeps an answer for 24 hours by the sandbox's clock. */
export function keepAnswer(
  account: Account,
  key: string,
  fingerprint: string,
  answer: StoredAnswer,
): void {
  account.ctx.store
    .sql<unknown[], unknown>(
      `insert or replace into idempotency_keys (account, key, fingerprint, status, body, request_id, created_ms)
       values (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      account.id,
      key,
      fingerprint,
      answer.status,
      answer.body,
      answer.requestId,
      account.ctx.clock.now(),
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
