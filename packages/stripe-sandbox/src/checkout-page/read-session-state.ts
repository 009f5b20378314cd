import { completionUrl } from '../checkout/completion-url.ts';
import type { SandboxContext } from '../context.ts';
import { findSession } from './render-session.ts';

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

function refusalOf(ctx: SandboxContext, accountId: string, intentId: string): string | null {
  const payment = ctx.store.find(accountId, 'payment_intent', intentId)?.object;
  const setup = ctx.store.find(accountId, 'setup_intent', intentId)?.object;
  const error = payment?.last_payment_error ?? setup?.last_setup_error ?? null;
  if (error === null) return null;
  const failedAtBank = error.code?.endsWith('_authentication_failure') ?? false;
  return failedAtBank ? NOT_AUTHENTICATED : (error.message ?? NOT_AUTHENTICATED);
}

/** How the session stands after the challenge of `intentId`; undefined for unknown ids. */
export function readSessionState(
  ctx: SandboxContext,
  sessionId: string,
  intentId: string,
): SessionState | undefined {
  const found = findSession(ctx, sessionId);
  if (!found) return undefined;
  const { account, session } = found;
  if (session.status === 'complete') {
    return { status: 'complete', redirect_url: completionUrl(session), refusal: null };
  }
  const status = session.status === 'expired' ? 'expired' : 'open';
  return { status, redirect_url: null, refusal: refusalOf(ctx, account.id, intentId) };
}
