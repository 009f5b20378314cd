import type { StripeErrorBody } from './errors.ts';
import type { Fault } from './faults.ts';
import { LOCK_TIMEOUT, RATE_LIMIT } from './limits.ts';

/** An error that a fault answers with instead of doing the work. */
type PlantedAnswer = {
  status: number;
  error: StripeErrorBody;
  headers: { [name: string]: string };
  /** Whether it stays under the idempotency key: as at Stripe, once a request has begun to run. */
  kept: boolean;
};

/** The error behind `status`, `rate_limit` and `lock_timeout`; undefined for faults that let the work run. */
export function plantedAnswer(fault: Fault): PlantedAnswer | undefined {
  const retry: { [name: string]: string } =
    fault.shouldRetry === null ? {} : { 'stripe-should-retry': String(fault.shouldRetry) };
  switch (fault.action) {
    case 'rate_limit': {
      const headers = { ...retry, 'stripe-rate-limited-reason': fault.reason };
      return { status: 429, error: RATE_LIMIT, headers, kept: false };
    }
    case 'lock_timeout':
      return { status: 429, error: LOCK_TIMEOUT, headers: retry, kept: false };
    case 'status': {
      const { status } = fault;
      const error = { ...errorFor(status), ...fault.error };
      return { status, error, headers: retry, kept: status >= 500 || status === 402 };
    }
    default:
      return undefined;
  }
}

/** A status given without more: what Stripe most often means by it. */
function errorFor(status: number): StripeErrorBody {
  if (status === 429) return RATE_LIMIT;
  const message = 'A failure that was planted through the control API.';
  if (status === 402) {
    const code = { code: 'card_declined', decline_code: 'generic_decline' } as const;
    return { type: 'card_error', ...code, message: 'Your card was declined.' };
  }
  return { type: status >= 500 ? 'api_error' : 'invalid_request_error', message };
}
