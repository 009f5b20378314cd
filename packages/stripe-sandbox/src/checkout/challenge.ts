import type Stripe from 'stripe';
import { authenticationFailure } from '../card-decline-error.ts';
import type { Account } from '../context.ts';
import { emitEvent } from '../emit-event.ts';
import { SandboxError } from '../errors.ts';
import { getByPath, save } from '../get-object.ts';
import { idOf } from '../ids.ts';
import { confirmPaymentIntent } from '../resources/confirm-payment-intent.ts';
import { confirmSetupIntent } from '../resources/confirm-setup-intent.ts';
import { takePaymentMethod } from '../resources/take-payment-method.ts';
import type { Row } from '../stored-objects.ts';
import { completeSession } from './complete-session.ts';
import { completionUrl } from './completion-url.ts';

type ChallengeOutcome = 'complete' | 'fail';

export type ChallengeEnd = {
  /** Where the shopper goes next; null when the page only tells its opener. */
  returnUrl: string | null;
  session: Stripe.Checkout.Session | null;
  /** The intent's status afterwards. */
  status: string;
};

type IntentRow = Row<'setup_intent'> | Row<'payment_intent'>;

/**
 * Ends the 3DS challenge of a SetupIntent or PaymentIntent, and completes its session if it has one.
 * Ending it twice changes nothing more. Throws 404 for an unknown intent.
 */
export function endChallenge(
  account: Account,
  intentId: string,
  outcome: ChallengeOutcome,
): ChallengeEnd {
  return account.ctx.store.transaction(() => {
    const intent = findIntent(account, intentId);
    const redirect = intent.object.next_action?.redirect_to_url?.return_url ?? null;
    const session = sessionOf(account, intent);
    if (intent.object.status === 'requires_action') {
      if (outcome === 'fail') failChallenge(account, intent);
      else passChallenge(account, intent);
      const passed = ['succeeded', 'requires_capture'].includes(intent.object.status);
      if (session?.object.status === 'open' && passed) completeSession(account, session, intent);
    }
    return {
      returnUrl: session === null ? returnUrlOf(intent, redirect) : afterSession(session.object),
      session: session?.object ?? null,
      status: intent.object.status,
    };
  });
}

function findIntent(account: Account, id: string): IntentRow {
  return id.startsWith('seti_')
    ? getByPath(account, 'setup_intent', id)
    : getByPath(account, 'payment_intent', id);
}

function sessionOf(account: Account, intent: IntentRow): Row<'checkout.session'> | null {
  const id = intent.hidden.sessionId;
  return id === null ? null : (account.ctx.store.find(account.id, 'checkout.session', id) ?? null);
}

function passChallenge(account: Account, intent: IntentRow): void {
  const method = takePaymentMethod(account, idOf(intent.object.payment_method) ?? '');
  try {
    if (isSetup(intent)) {
      confirmSetupIntent(account, intent, { method, returnUrl: null, challengePassed: true });
    } else {
      confirmPaymentIntent(account, intent, {
        method,
        offSession: false,
        returnUrl: null,
        challengePassed: true,
        errorOnRequiresAction: false,
      });
    }
  } catch (thrown) {
    // Authenticated, then declined: the intent says so, and the shopper goes back to try again.
    if (!(thrown instanceof SandboxError && thrown.reached === 'outcome')) throw thrown;
  }
}

function isSetup(intent: IntentRow): intent is Row<'setup_intent'> {
  return intent.object.object === 'setup_intent';
}

function failChallenge(account: Account, intent: IntentRow): void {
  const methodId = idOf(intent.object.payment_method) ?? '';
  const method = account.ctx.store.find(account.id, 'payment_method', methodId)?.object;
  const error = authenticationFailure(intent.object.object, method);
  intent.object.status = 'requires_payment_method';
  intent.object.payment_method = null;
  intent.object.next_action = null;
  if (isSetup(intent)) {
    intent.object.last_setup_error = error;
    save(account, 'setup_intent', intent);
    emitEvent(account, 'setup_intent.setup_failed', intent.object);
  } else {
    intent.object.last_payment_error = error;
    save(account, 'payment_intent', intent);
    emitEvent(account, 'payment_intent.payment_failed', intent.object);
  }
}

/** On to the end of the checkout, or back to the open page. */
function afterSession(session: Stripe.Checkout.Session): string | null {
  return session.status === 'complete' ? completionUrl(session) : session.url;
}

/** The return address with what Stripe appends to it (stripe.md 4.4). */
function returnUrlOf(intent: IntentRow, redirect: string | null): string | null {
  if (redirect === null) return null;
  const { object, id, client_secret: secret, status } = intent.object;
  const url = new URL(redirect);
  url.searchParams.set(object, id);
  url.searchParams.set(`${object}_client_secret`, secret ?? '');
  const passed = ['succeeded', 'requires_capture'].includes(status);
  url.searchParams.set('redirect_status', passed ? 'succeeded' : 'failed');
  return url.href;
}
