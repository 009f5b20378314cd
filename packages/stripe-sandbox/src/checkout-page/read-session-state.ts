import type Stripe from 'stripe';
import { completionUrl } from '../checkout/completion-url.ts';
import type { Account, SandboxContext } from '../context.ts';
import { idOf } from '../ids.ts';
import { findSession } from './find-session.ts';

/** What a page asks for after a challenge. */
export type SessionState = {
  status: 'open' | 'complete' | 'expired';
  /** Where to go when it is complete; null when the page stays. */
  redirect_url: string | null;
  /** Why it is still open, in words for the shopper; null when nothing was refused. */
  refusal: string | null;
};

/** Checkout's own words: the intent's message speaks to developers. */
const NOT_AUTHENTICATED =
  'We are unable to authenticate your payment method. Please choose a different payment method and try again.';
const NOT_FINISHED =
  'Your payment was not completed. Try again, or choose a different payment method.';

type LastError = { code?: string; message?: string; type?: string | null } | null;

function lastErrorOf(account: Account, session: Stripe.Checkout.Session): LastError {
  const { store } = account.ctx;
  const paymentId = idOf(session.payment_intent) ?? '';
  const payment = store.find(account.id, 'payment_intent', paymentId)?.object.last_payment_error;
  const setupId = idOf(session.setup_intent) ?? '';
  const setup = store.find(account.id, 'setup_intent', setupId)?.object.last_setup_error;
  const error = payment ?? setup ?? null;
  if (error === null) return null;
  return {
    ...(error.code === undefined ? {} : { code: error.code }),
    ...(error.message === undefined ? {} : { message: error.message }),
    type: error.payment_method?.type ?? null,
  };
}

function failedAtBank(error: LastError): boolean {
  return error?.code?.endsWith('_authentication_failure') ?? false;
}

/** What a page opened anew has to say: the shopper comes back from a redirect that failed. */
export function refusalBeforeReturn(
  account: Account,
  session: Stripe.Checkout.Session,
): string | null {
  const error = lastErrorOf(account, session);
  return failedAtBank(error) && error?.type !== 'card' ? NOT_FINISHED : null;
}

/**
 * How the session stands after the challenge of `intentId`; undefined for unknown ids and for an
 * intent of another session: knowing both ids is what lets a page ask.
 */
export function readSessionState(
  ctx: SandboxContext,
  sessionId: string,
  intentId: string,
): SessionState | undefined {
  const found = findSession(ctx, sessionId);
  if (!found) return undefined;
  const { account, session } = found;
  const own = [idOf(session.payment_intent), idOf(session.setup_intent)];
  if (!own.includes(intentId)) return undefined;
  if (session.status === 'complete') {
    return { status: 'complete', redirect_url: completionUrl(session), refusal: null };
  }
  const error = lastErrorOf(account, session);
  return {
    status: session.status === 'expired' ? 'expired' : 'open',
    redirect_url: null,
    refusal:
      error === null || failedAtBank(error)
        ? error && NOT_AUTHENTICATED
        : (error.message ?? NOT_AUTHENTICATED),
  };
}
