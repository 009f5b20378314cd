import type { Instant, Row } from '@onfile/db/database.ts';

/** Whether somebody waits for the answer (a shopper, staff), or a worker asks on its own. */
export type Lane = 'present' | 'background';

/** Requests a second that Stripe takes: of an account in total, and for each endpoint of it. */
export interface RateLimits {
  total: number;
  endpoint: number;
}

/** Stripe's own limits (stripe.com/docs/rate-limits): live, and test mode with its sandboxes. */
export const stripeLimits: Record<'live' | 'test', RateLimits> = {
  live: { total: 100, endpoint: 25 },
  test: { total: 25, endpoint: 25 },
};

/** Of each second's requests, those that only somebody who waits may use: one in 25, at least one. */
const presentShare = 0.04;

/**
 * The part of a second over which background calls are spread. What is left of it makes up for turns
 * that nobody took, and keeps a call that is late on its way out of the next second.
 */
const spreadMs = 850;

export type Bucket = Row<'pacingBuckets'>;

/** Either a call may go, and the bucket is this afterwards, or it has to ask again at an instant. */
export type Turn = { isFree: true; after: Bucket } | { isFree: false; askAt: Instant };

/**
 * Whether one more call fits into a bucket: at most `limit` in each second of the clock. Whoever is
 * waited for goes at once; background calls are spread, and leave a share of each second free.
 */
export function turnIn(bucket: Bucket, limit: number, call: { lane: Lane; now: Instant }): Turn {
  const { lane, now } = call;
  // Processes' clocks differ by a little: the newest second that any of them has seen counts.
  const second = Math.max(bucket.second, Math.floor(now / 1_000));
  const taken = second === bucket.second ? bucket.taken : 0;
  const share = Math.max(1, Math.floor(limit * presentShare));
  const allowed = lane === 'present' ? limit : limit - share;
  if (taken >= allowed) return { isFree: false, askAt: (second + 1) * 1_000 };
  if (lane === 'background' && bucket.nextAt > now) return { isFree: false, askAt: bucket.nextAt };
  const nextAt = Math.max(bucket.nextAt, now) + Math.floor(spreadMs / limit);
  return { isFree: true, after: { key: bucket.key, second, taken: taken + 1, nextAt } };
}

/** A bucket of which Stripe has just said that it is empty, whatever we counted: its second is over. */
export function emptied(bucket: Bucket, limit: number, now: Instant): Bucket {
  const second = Math.max(bucket.second, Math.floor(now / 1_000));
  return { ...bucket, second, taken: limit, nextAt: (second + 1) * 1_000 };
}

/**
 * The endpoint of a request, as Stripe counts it: method and path with ids taken out.
 * `POST /v1/payment_intents/pi_3Nx/confirm` becomes `POST /v1/payment_intents/:id/confirm`.
 */
export function endpointOf(method: string, path: string): string {
  const [plain = ''] = path.split('?');
  const segments = plain.split('/').map((part) => (isId(part) ? ':id' : part));
  return `${method} ${segments.join('/')}`;
}

/** Words of a path are small letters alone. */
function isId(segment: string): boolean {
  return /_.*[A-Z0-9]/.test(segment);
}
