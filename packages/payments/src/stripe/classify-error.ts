import Stripe from 'stripe';

/**
 * What a failed call says about the work it asked for.
 * - `refused`: Stripe read the request and said no; the same request would be refused again
 * - `not_done`: nothing was done by this call (limits, locks, a key that is not valid now); the
 *   same request may be sent again
 * - `unknown`: it may have been done, or is being done
 */
export type Failure = 'refused' | 'not_done' | 'unknown';

const throttled = ['rate_limit', 'lock_timeout'];

/** The one reading of an error's status, type and code; never of its message. */
export function classifyError(error: Stripe.errors.StripeError): Failure {
  if (error.statusCode === 429 || throttled.includes(error.code ?? '')) return 'not_done';
  // A rolled key or a missing permission says nothing about what an earlier sending did.
  if (error.statusCode === 401 || error.statusCode === 403) return 'not_done';
  // The intent has moved on: what this call was about must be read from the intent itself.
  if (error.code === 'payment_intent_unexpected_state') return 'unknown';
  const isNo = error.rawType === 'card_error' || error.rawType === 'invalid_request_error';
  return isNo && [400, 402, 404].includes(error.statusCode ?? 0) ? 'refused' : 'unknown';
}

/**
 * Whether nobody at Stripe could be asked: no connection, its own fault, too many questions, or a key that is
 * not valid. A permission that the key lacks, or one object that is locked, says nothing of other questions.
 */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Stripe.errors.StripeError)) return false;
  const { statusCode = 0, code } = error;
  if (error instanceof Stripe.errors.StripeConnectionError) return true;
  return statusCode >= 500 || statusCode === 401 || (statusCode === 429 && code !== 'lock_timeout');
}

/** An error of Stripe's that another try may not meet: an outage, a limit, a key being rolled. */
export function isPassing(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && classifyError(error) !== 'refused';
}
