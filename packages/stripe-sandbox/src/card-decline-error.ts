import type Stripe from 'stripe';
import { declineFields } from './declines.ts';
import type { DeclineCodes, DeclineName } from './declines.ts';
import type { StripeErrorBody } from './errors.ts';

/** The last error of an intent after a decline; the answer's error has the same and the intent besides. */
export function declineError(
  name: DeclineName,
  method: Stripe.PaymentMethod,
  chargeId: string | null,
  codes: DeclineCodes = {},
): StripeErrorBody {
  const fields = declineFields(name, codes);
  return {
    type: 'card_error',
    ...fields,
    ...(chargeId === null ? {} : { charge: chargeId }),
    doc_url: `https://stripe.com/docs/error-codes/${(fields.code ?? '').replaceAll('_', '-')}`,
    payment_method: structuredClone(method),
  };
}

/** The last error of an intent whose challenge was failed or left (stripe.md 4.4). */
export function authenticationFailure(
  intent: 'payment_intent' | 'setup_intent',
  method: Stripe.PaymentMethod | undefined,
): StripeErrorBody {
  const code = `${intent}_authentication_failure` as const;
  const noun = intent === 'payment_intent' ? 'PaymentIntent' : 'SetupIntent';
  return {
    type: 'invalid_request_error',
    code,
    message: `The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this ${noun} again.`,
    doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`,
    ...(method === undefined ? {} : { payment_method: structuredClone(method) }),
  };
}
