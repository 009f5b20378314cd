import { maskDigits } from './mask-params.ts';
import type { Store } from './store.ts';

/** One API request as the control API shows it; `params` without card data and secrets. */
type LoggedRequest = {
  id: string;
  /** Milliseconds since the epoch, by the sandbox's clock. */
  at: number;
  method: string;
  path: string;
  status: number;
  idempotencyKey: string | null;
  replayed: boolean;
  accountId: string | null;
  params: unknown;
};

type LogRow = {
  seq: number;
  id: string;
  at_ms: number;
  method: string;
  path: string;
  status: number;
  idempotency_key: string | null;
  replayed: 0 | 1;
  account: string | null;
  params: string;
};

const KEPT = 20_000;

/** Writes a request down; beyond 20,000 the oldest go. */
export function logRequest(store: Store, entry: LoggedRequest): void {
  const { lastInsertRowid } = store
    .sql<unknown[], unknown>(
      `insert into request_log (id, at_ms, method, path, status, idempotency_key, replayed, account, params)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      entry.id,
      entry.at,
      entry.method,
      maskDigits(entry.path).slice(0, 500),
      entry.status,
      entry.idempotencyKey === null ? null : maskDigits(entry.idempotencyKey).slice(0, 255),
      entry.replayed ? 1 : 0,
      entry.accountId,
      JSON.stringify(entry.params),
    );
  const last = Number(lastInsertRowid);
  if (last % 500 === 0) {
    store.sql<[number], unknown>('delete from request_log where seq <= ?').run(last - KEPT);
  }
}

/** Requests in the order they came; `path` is a prefix, `since` an instant in milliseconds. */
export function listRequests(
  store: Store,
  filter: { path?: string; method?: string; since?: number },
): LoggedRequest[] {
  return store
    .sql<[string, string, string, string, number], LogRow>(
      `select * from request_log
       where (? = '' or substr(path, 1, length(?)) = ?) and (? in ('', method)) and at_ms >= ? order by seq`,
    )
    .all(
      filter.path ?? '',
      filter.path ?? '',
      filter.path ?? '',
      filter.method ?? '',
      filter.since ?? 0,
    )
    .map((row) => ({
      id: row.id,
      at: row.at_ms,
      method: row.method,
      path: row.path,
      status: row.status,
      idempotencyKey: row.idempotency_key,
      replayed: row.replayed === 1,
      accountId: row.account,
      params: JSON.parse(row.params) as unknown,
    }));
}
