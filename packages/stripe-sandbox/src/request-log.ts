import { maskDigits } from './mask-params.ts';

/** One API request as the control API shows it; `params` without card data and secrets. */
export type LoggedRequest = {
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

/** `path` is a prefix, `since` an instant in milliseconds; empty takes all. */
type Filter = { path: string; method: string; since: number };

export type RequestLog = {
  add(entry: LoggedRequest): void;
  /** In the order they came. */
  list(filter: Filter): LoggedRequest[];
};

const KEPT = 20_000;
/** Thrown out together, so that a request seldom pays for it. */
const SPARE = 2_000;

/** The newest 20,000 requests, in memory only: a question must not write to disk. */
export function createRequestLog(): RequestLog {
  const entries: LoggedRequest[] = [];
  return {
    add(entry) {
      entries.push({
        ...entry,
        path: maskDigits(entry.path).slice(0, 500),
        idempotencyKey:
          entry.idempotencyKey === null ? null : maskDigits(entry.idempotencyKey).slice(0, 255),
      });
      if (entries.length >= KEPT + SPARE) entries.splice(0, SPARE);
    },
    list: ({ path, method, since }) =>
      entries
        .slice(-KEPT)
        .filter(
          (entry) =>
            entry.path.startsWith(path) &&
            (method === '' || entry.method === method) &&
            entry.at >= since,
        ),
  };
}
