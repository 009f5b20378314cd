import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { idOf } from '../ids.ts';

/** Why the last try of an open session came to nothing, in words for the shopper. */
export type LastSessionError = {
  message: string;
  code: string | null;
  decline_code: string | null;
};

/** Checkout's own words: the intent's message speaks to developers. */
const NOT_AUTHENTICATED =
  'We are unable to authenticate your payment method. Please choose a different payment method and try again.';

/** The last error of the session's intent; null when nothing was refused, or when it is over. */
export function lastSessionError(
  account: Account,
  session: Stripe.Checkout.Session,
): LastSessionError | null {
  if (session.status !== 'open') return null;
  const { store } = account.ctx;
  const paymentId = idOf(session.payment_intent) ?? '';
  const setupId = idOf(session.setup_intent) ?? '';
  const error =
    store.find(account.id, 'payment_intent', paymentId)?.object.last_payment_error ??
    store.find(account.id, 'setup_intent', setupId)?.object.last_setup_error ??
    null;
  if (error === null) return null;
  const failedAtBank = error.code?.endsWith('_authentication_failure') ?? false;
  return {
    message: failedAtBank ? NOT_AUTHENTICATED : (error.message ?? NOT_AUTHENTICATED),
    code: error.code ?? null,
    decline_code: error.decline_code ?? null,
  };
}
