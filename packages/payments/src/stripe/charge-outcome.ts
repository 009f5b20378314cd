import Stripe from 'stripe';
import { classifyError } from './classify-error.ts';

/** What a bank, or Stripe, said no with. Codes are Stripe's; none is ever shown to a shopper. */
export interface Decline {
  code: string | null;
  declineCode: string | null;
  adviceCode: string | null;
  networkDeclineCode: string | null;
  networkAdviceCode: string | null;
  chargeId: string | null;
}

/**
 * What one attempt came to.
 * - `answered`: the intent says it (succeeded, processing, requires_action, requires_capture …)
 * - `declined`: the bank said no; the intent exists and stays open
 * - `rejected`: Stripe refused the request itself; no bank was asked
 * - `unknown`: we cannot say; Stripe has to be asked, and may have said not to send it again
 * - `not_sent`: Stripe did nothing (limits, locks); the same request is sent again later
 */
export type ChargeOutcome =
  | { kind: 'answered'; intent: Stripe.PaymentIntent }
  | { kind: 'declined'; intent: Stripe.PaymentIntent | null; decline: Decline }
  | { kind: 'rejected'; intent: Stripe.PaymentIntent | null; code: string }
  | { kind: 'unknown'; code: string; mayResend: boolean }
  | { kind: 'not_sent'; code: string };

/** An outcome that ends an attempt. */
export type FinalOutcome = Exclude<ChargeOutcome, { kind: 'unknown' | 'not_sent' }>;

/** Reads a decline from an error or from an intent's `last_payment_error`. */
export function declineOf(error: {
  code?: string | undefined;
  decline_code?: string | undefined;
  advice_code?: string | undefined;
  network_decline_code?: string | undefined;
  network_advice_code?: string | undefined;
  charge?: string | undefined;
}): Decline {
  return {
    code: error.code ?? null,
    declineCode: error.decline_code ?? null,
    adviceCode: error.advice_code ?? null,
    networkDeclineCode: error.network_decline_code ?? null,
    networkAdviceCode: error.network_advice_code ?? null,
    chargeId: error.charge ?? null,
  };
}

/**
 * Reads a decline from an intent that waits for a method. A debit that fails days later says so with
 * one code for everything; its bank's word for it stands on the charge, where that came with the
 * intent (`expand: ['latest_charge']`).
 */
export function declineOfIntent(intent: Stripe.PaymentIntent): Decline {
  const decline = declineOf(intent.last_payment_error ?? {});
  const charge = typeof intent.latest_charge === 'string' ? null : intent.latest_charge;
  if (charge?.status !== 'failed') return decline;
  return {
    ...decline,
    declineCode: decline.declineCode ?? charge.failure_code,
    chargeId: decline.chargeId ?? charge.id,
  };
}

function readStripeError(error: Stripe.errors.StripeError): ChargeOutcome {
  const intent = error.payment_intent ?? null;
  const code = error.code ?? error.rawType ?? error.type;
  switch (classifyError(error)) {
    case 'not_done':
      return { kind: 'not_sent', code };
    case 'unknown':
      return {
        kind: 'unknown',
        code,
        mayResend: error.headers?.['stripe-should-retry'] !== 'false',
      };
    case 'refused':
      // The SDK's class follows the HTTP status, so a 402 may be something else than a bank's no.
      return error.rawType === 'card_error'
        ? { kind: 'declined', intent, decline: declineOf(error) }
        : { kind: 'rejected', intent, code };
  }
}

/**
 * What a charge's answer or error means: waits for the call and says what it came
 * to. Branches on status, type and code, never on a message.
 * @throws what is not Stripe's doing (a fault of ours)
 */
export async function chargeOutcome(call: Promise<Stripe.PaymentIntent>): Promise<ChargeOutcome> {
  try {
    return { kind: 'answered', intent: await call };
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return readStripeError(error);
    throw error;
  }
}
