import type { Clock } from './clock.ts';
import type { Endpoint } from './endpoint.ts';
import type { StripeErrorBody } from './errors.ts';
import type { RateReason } from './faults.ts';
import type { ParamTree } from './params.ts';

export const RATE_LIMIT_MODES = ['off', 'test', 'live'] as const;
export type RateLimitMode = (typeof RATE_LIMIT_MODES)[number];

/** Requests a second (stripe.md 4.12): for an account in total, and for each endpoint of it. */
const RATES = { test: { total: 25, endpoint: 25 }, live: { total: 100, endpoint: 25 } };
const SEARCHES = 20;

export const RATE_LIMIT: StripeErrorBody = {
  type: 'invalid_request_error',
  code: 'rate_limit',
  message:
    'Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.',
  doc_url: 'https://stripe.com/docs/error-codes/rate-limit',
};

export const LOCK_TIMEOUT: StripeErrorBody = {
  type: 'invalid_request_error',
  code: 'lock_timeout',
  message:
    'This object cannot be accessed right now because another API request or Stripe process is currently accessing it. If you see this error intermittently, retry the request. If you see this error frequently and are making multiple concurrent requests to a single object, make your requests serially or at a lower rate.',
  doc_url: 'https://stripe.com/docs/error-codes/lock-timeout',
};

/** How many requests are taken, and whether two may touch one object at a time. */
export type Limits = {
  rates: RateLimitMode;
  locks: boolean;
  /** Counts a request; the reason when there are too many. What is refused is not counted. */
  refuse(accountKey: string, endpoint: Endpoint): RateReason | undefined;
};

/**
 * Fixed windows of one second by the sandbox's clock: a clock that stands still lets exactly the
 * allowed number through, and moving it opens the next window.
 */
export function createLimits(clock: Clock, rates: RateLimitMode): Limits {
  const seen = { second: 0, counts: new Map<string, number>() };
  const countOf = (name: string): number => seen.counts.get(name) ?? 0;
  return {
    rates,
    locks: false,
    refuse(accountKey, { method, path }) {
      if (this.rates === 'off') return undefined;
      const { total, endpoint } = RATES[this.rates];
      if (clock.seconds() !== seen.second) {
        seen.second = clock.seconds();
        seen.counts.clear();
      }
      const one = `${accountKey} ${method} ${path}`;
      if (countOf(accountKey) >= total) return 'global-rate';
      if (countOf(one) >= (path.endsWith('/search') ? SEARCHES : endpoint)) return 'endpoint-rate';
      seen.counts.set(accountKey, countOf(accountKey) + 1);
      seen.counts.set(one, countOf(one) + 1);
      return undefined;
    },
  };
}

/** The objects a request writes to, by the ids that it names: those are locked while it runs. */
export function lockedObjects(ids: { [name: string]: string }, params: ParamTree): string[] {
  const named = [...Object.values(ids), params.payment_intent, params.charge];
  return named.filter((id) => typeof id === 'string' && id !== '') as string[];
}
