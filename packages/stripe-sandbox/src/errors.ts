import type Stripe from 'stripe';

/** The object under `error` in Stripe's envelope; intents keep the same shape as their last error. */
export type StripeErrorBody = Stripe.PaymentIntent.LastPaymentError;

type ErrorFields = Omit<StripeErrorBody, 'type' | 'message'>;

/**
 * An answer other than 200. `reached` says how far the request came: `validation` answers change
 * nothing and are not kept under an idempotency key, `execution` answers are kept, and an `outcome`
 * (a bank's no) also keeps what the request has written: the intent stays, with its last error.
 */
export class SandboxError extends Error {
  readonly status: number;
  readonly body: StripeErrorBody;
  readonly reached: 'validation' | 'execution' | 'outcome';

  constructor(status: number, body: StripeErrorBody, reached: SandboxError['reached']) {
    super(body.message ?? body.type);
    this.status = status;
    this.body = body;
    this.reached = reached;
  }
}

function docUrl(code: string | undefined): { doc_url?: string } {
  return code === undefined
    ? {}
    : { doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}` };
}

/** A request that Stripe refuses before it does anything. */
export function invalidRequest(message: string, fields: ErrorFields = {}): SandboxError {
  return refusal(400, message, fields, 'validation');
}

/** A well-formed request that the state of an object forbids. */
export function refusedByState(message: string, fields: ErrorFields = {}): SandboxError {
  return refusal(400, message, fields, 'execution');
}

/** Any `invalid_request_error` with a status of its own: 401, 403, 404, 413. */
export function refusal(
  status: number,
  message: string,
  fields: ErrorFields = {},
  reached: SandboxError['reached'] = 'validation',
): SandboxError {
  const body = { type: 'invalid_request_error', message, ...docUrl(fields.code), ...fields };
  return new SandboxError(status, body, reached);
}

/** 402: what a bank, or the card form itself, said no to. Keeps what the request has written. */
export function cardError(message: string, fields: ErrorFields): SandboxError {
  return new SandboxError(
    402,
    { type: 'card_error', message, ...docUrl(fields.code), ...fields },
    'outcome',
  );
}

/** Same key, other request: 400; same key while the first still runs: 409. */
export function idempotencyError(status: 400 | 409, message: string, code?: string): SandboxError {
  const body = { type: 'idempotency_error', message, ...(code === undefined ? {} : { code }) };
  return new SandboxError(status, body, 'validation');
}

/** An unknown id: 404 when the path names it, 400 when a parameter does. */
export function resourceMissing(
  noun: string,
  id: string,
  param: string,
  where: 'path' | 'body',
): SandboxError {
  const status = where === 'path' ? 404 : 400;
  return refusal(status, `No such ${noun}: '${id}'`, { code: 'resource_missing', param });
}
