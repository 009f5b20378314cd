import type Stripe from 'stripe';
import { authenticationFailure } from '../card-decline-error.ts';
import type { Account } from '../context.ts';
import { emitEvent } from '../emit-event.ts';
import { SandboxError } from '../errors.ts';
import { getByPath, save } from '../get-object.ts';
import { idOf } from '../ids.ts';
import { confirmPaymentIntent } from '../resources/confirm-payment-intent.ts';
import { confirmSetupIntent } from '../resources/confirm-setup-intent.ts';
import { recordSetupAttempt } from '../resources/setup-attempts.ts';
import { takePaymentMethod } from '../resources/take-payment-method.ts';
import type { Row } from '../stored-objects.ts';
import { addressAfterRedirect, completionUrl } from './completion-url.ts';
import { confirmSessionIntent } from './confirm-session-intent.ts';
import { findIntent, isSetup, sessionOf } from './intent-row.ts';
import type { IntentRow } from './intent-row.ts';

type ChallengeOutcome = 'complete' | 'fail';

export type ChallengeEnd = {
  /** Where the shopper goes next; null when the page only tells its opener. */
  returnUrl: string | null;
  session: Stripe.Checkout.Session | null;
  /** The intent's status afterwards. */
  status: string;
};

/**
 * Ends the 3DS challenge or the redirect of a SetupIntent or PaymentIntent, and completes its session if
 * it has one. Ending it twice changes nothing more. Throws 404 for an unknown intent.
 */
export function endChallenge(
  account: Account,
  intentId: string,
  outcome: ChallengeOutcome,
): ChallengeEnd {
  return account.ctx.store.transaction(() => {
    const before = findIntent(account, intentId);
    const redirect = before.object.next_action?.redirect_to_url?.return_url ?? null;
    if (awaitsShopper(before)) {
      if (outcome === 'fail') failChallenge(account, before);
      else passChallenge(account, before);
    }
    const intent = findIntent(account, intentId);
    const session = sessionOf(account, intent);
    return {
      returnUrl:
        session === null
          ? returnUrlOf(intent, redirect)
          : afterSession(account, session, redirect !== null),
      session: session?.object ?? null,
      status: intent.object.status,
    };
  });
}

/** Micro-deposits wait for the shopper too, but not on this page. */
function awaitsShopper({ object }: IntentRow): boolean {
  return (
    object.status === 'requires_action' && object.next_action?.type !== 'verify_with_microdeposits'
  );
}

function passChallenge(account: Account, intent: IntentRow): void {
  const methodId = idOf(intent.object.payment_method) ?? '';
  const session = sessionOf(account, intent);
  try {
    if (session?.object.status === 'open') {
      const passed = { methodId, challengePassed: true };
      confirmSessionIntent(account, session.object.id, intent.object.id, passed);
    } else {
      confirmAlone(account, intent, methodId);
    }
  } catch (thrown) {
    // Authenticated, then declined: the intent says so, and the shopper goes back to try again.
    if (!(thrown instanceof SandboxError)) throw thrown;
    // The method was detached, or is another customer's, by now: nothing can come of this challenge.
    if (thrown.reached !== 'outcome') failChallenge(account, findIntent(account, intent.object.id));
  }
}

function confirmAlone(account: Account, intent: IntentRow, methodId: string): void {
  const method = takePaymentMethod(account, methodId);
  if (isSetup(intent)) {
    confirmSetupIntent(account, intent, { method, returnUrl: null, challengePassed: true });
    return;
  }
  if (intent.object.confirmation_method === 'manual') {
    awaitServer(account, intent);
    return;
  }
  confirmPaymentIntent(account, intent, {
    method,
    offSession: false,
    returnUrl: null,
    challengePassed: true,
    errorOnRequiresAction: false,
  });
}

/** With manual confirmation the money moves only when the server confirms once more. */
function awaitServer(account: Account, intent: Row<'payment_intent'>): void {
  intent.object.status = 'requires_confirmation';
  intent.object.next_action = null;
  intent.hidden.authenticated = true;
  save(account, 'payment_intent', intent);
}

function failChallenge(account: Account, intent: IntentRow): void {
  const row = getByPath(account, 'payment_method', idOf(intent.object.payment_method) ?? '');
  const method = row.object;
  const error = authenticationFailure(intent.object.object, method);
  intent.object.status = 'requires_payment_method';
  intent.object.payment_method = null;
  intent.object.next_action = null;
  if (isSetup(intent)) {
    intent.object.last_setup_error = error;
    recordSetupAttempt(account, intent, row, 'failed', error, true);
    save(account, 'setup_intent', intent);
    emitEvent(account, 'setup_intent.setup_failed', intent.object);
  } else {
    intent.object.last_payment_error = error;
    save(account, 'payment_intent', intent);
    emitEvent(account, 'payment_intent.payment_failed', intent.object);
  }
}

/** On to the end of the checkout, or back to the open page; a page that expired says so. */
function afterSession(
  account: Account,
  session: Row<'checkout.session'>,
  redirected: boolean,
): string | null {
  const { object, hidden } = session;
  if (object.status === 'complete' && !redirected) return completionUrl(object, hidden.returnUrl);
  const stays = object.ui_mode !== 'hosted_page' && !redirected;
  return stays ? null : addressAfterRedirect(session, account.ctx.baseUrl);
}

/** The return address with what Stripe appends to it (stripe.md 4.4). */
function returnUrlOf(intent: IntentRow, redirect: string | null): string | null {
  if (redirect === null) return null;
  const { object, id, client_secret: secret, status } = intent.object;
  const url = new URL(redirect);
  url.searchParams.set(object, id);
  url.searchParams.set(`${object}_client_secret`, secret ?? '');
  url.searchParams.set('redirect_status', redirectStatus(status));
  return url.href;
}

function redirectStatus(status: string): 'succeeded' | 'pending' | 'failed' {
  if (status === 'processing') return 'pending';
  return ['succeeded', 'requires_capture'].includes(status) ? 'succeeded' : 'failed';
}
