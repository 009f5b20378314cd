import type { StripeError } from '@stripe/stripe-js';
import type { FormValue } from './encode-form.ts';
import { coreOf } from './element-object.ts';
import { integrationError } from './integration-error.ts';
import { makeMethod } from './make-method.ts';

type MethodData = { [name: string]: unknown; billing_details?: { [name: string]: FormValue } };
type MethodParams =
  { ok: true; params: { [name: string]: FormValue } } | { ok: false; error: StripeError };

/**
 * The `payment_method` of a `confirmXPayment` call: an id, nothing (the intent has one), or data
 * whose `[type]` is an Element or plain details, such as `{ iban }`.
 */
export async function readMethodData(
  type: string,
  given: unknown,
  caller: string,
): Promise<MethodParams> {
  if (given === undefined) return { ok: true, params: {} };
  if (typeof given === 'string') return { ok: true, params: { payment_method: given } };
  if (typeof given !== 'object' || given === null) {
    throw integrationError(
      `Invalid value for ${caller}: payment_method should be a string or an object.`,
    );
  }
  const { [type]: details, ...extras } = given as MethodData;
  const core = coreOf(details);
  if (core) {
    const made = await makeMethod(core, extras);
    return made.ok ? { ok: true, params: { payment_method: made.paymentMethod.id } } : made;
  }
  if (type === 'card' && !isToken(details)) {
    throw integrationError(
      `Invalid value for ${caller}: payment_method.card should be an Element or an object with a token.`,
    );
  }
  const data = { type, [type]: details as FormValue, ...(extras as { [name: string]: FormValue }) };
  return { ok: true, params: { payment_method_data: data } };
}

function isToken(details: unknown): boolean {
  return typeof details === 'object' && details !== null && 'token' in details;
}
