import type { Account } from './context.ts';
import { SandboxError, invalidRequest, resourceMissing } from './errors.ts';
import type { StripeErrorBody } from './errors.ts';
import { has, text } from './params.ts';
import type { Params } from './params.ts';

/** A publishable key sees an intent only together with its client secret; 404 otherwise. */
export function requireClientSecret(
  account: Account,
  object: { id: string; object: string; client_secret: string | null },
  params: Params,
): void {
  const given = text(params, 'client_secret');
  if (given === undefined && account.request?.access === 'secret') return;
  if (given !== undefined && given === object.client_secret) return;
  throw resourceMissing(object.object, object.id, 'intent', 'path');
}

/** The fields that a browser gets to see (stripe.md 4.5). */
const CLIENT_FIELDS = new Set([
  'id',
  'object',
  'amount',
  'automatic_payment_methods',
  'canceled_at',
  'cancellation_reason',
  'capture_method',
  'client_secret',
  'confirmation_method',
  'created',
  'currency',
  'description',
  'last_payment_error',
  'last_setup_error',
  'livemode',
  'next_action',
  'payment_method',
  'payment_method_types',
  'receipt_email',
  'setup_future_usage',
  'shipping',
  'status',
  'usage',
]);

/** The whole object for a secret key, the reduced one for a publishable key. */
export function visibleTo(account: Account, object: object): object {
  if (account.request?.access !== 'publishable') return object;
  return Object.fromEntries(Object.entries(object).filter(([name]) => CLIENT_FIELDS.has(name)));
}

/**
 * Does what a browser may ask for with a client secret: a refusal, too, shows it no more of the intent
 * than its answer would.
 */
export function answerClient(account: Account, act: () => object): object {
  try {
    return visibleTo(account, act());
  } catch (thrown) {
    if (account.request?.access !== 'publishable' || !(thrown instanceof SandboxError))
      throw thrown;
    const { status, body, reached } = thrown;
    const { payment_intent: payment, setup_intent: setup } = body;
    const reduced = {
      ...body,
      ...(payment === undefined ? {} : { payment_intent: visibleTo(account, payment) }),
      ...(setup === undefined ? {} : { setup_intent: visibleTo(account, setup) }),
    } as StripeErrorBody;
    throw new SandboxError(status, reduced, reached);
  }
}

/** 400 for parameters of a confirm that only the merchant may decide about (stripe.md 4.5). */
export function refuseFromClient(account: Account, params: Params, names: readonly string[]): void {
  if (account.request?.access !== 'publishable') return;
  const param = names.find((name) => has(params, name));
  if (param === undefined) return;
  throw invalidRequest(`The parameter \`${param}\` cannot be passed with a publishable API key.`, {
    code: 'secret_key_required',
    param,
  });
}
