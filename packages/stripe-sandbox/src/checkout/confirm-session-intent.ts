import type { Account } from '../context.ts';
import { SandboxError } from '../errors.ts';
import { getByPath } from '../get-object.ts';
import { isRedirectType } from '../method-kinds.ts';
import { ownerIdOf } from '../owner.ts';
import { missing } from '../params.ts';
import { confirmPaymentIntent } from '../resources/confirm-payment-intent.ts';
import { confirmSetupIntent } from '../resources/confirm-setup-intent.ts';
import { takePaymentMethod } from '../resources/take-payment-method.ts';
import type { Row } from '../stored-objects.ts';
import { completeSession } from './complete-session.ts';
import { addressAfterRedirect } from './completion-url.ts';
import { findIntent, isSetup } from './intent-row.ts';
import type { IntentRow } from './intent-row.ts';
import { makeSessionCustomer } from './make-session-customer.ts';

type Confirmation = { methodId: string; challengePassed: boolean };
type Attempt = { session: Row<'checkout.session'>; intent: IntentRow };

/**
 * Confirms the intent of a session, and completes the session when the intent has gone through, is on
 * its way (debits), or waits for micro-deposits. Throws the 402 of a bank's no, whose writes are kept.
 */
export function confirmSessionIntent(
  account: Account,
  sessionId: string,
  intentId: string,
  confirmation: Confirmation,
): Attempt {
  const session = getByPath(account, 'checkout.session', sessionId);
  const { object } = session;
  if (ownerIdOf(object) === null && object.customer_creation === 'always') {
    const done = tryWithNewCustomer(account, sessionId, intentId, confirmation);
    if (done !== null) return done;
  }
  return attempt(account, session, intentId, confirmation);
}

function attempt(
  account: Account,
  session: Row<'checkout.session'>,
  intentId: string,
  { methodId, challengePassed }: Confirmation,
): Attempt {
  const intent = findIntent(account, intentId);
  const method = takePaymentMethod(account, methodId);
  // A card's challenge runs in a frame; other methods take the whole window away and back.
  const returnUrl = isRedirectType(method.object.type)
    ? addressAfterRedirect(session, account.ctx.baseUrl)
    : null;
  if (returnUrl === null && isRedirectType(method.object.type)) throw missing('return_url');
  if (isSetup(intent)) {
    confirmSetupIntent(account, intent, { method, returnUrl, challengePassed });
  } else {
    confirmPaymentIntent(account, intent, {
      method,
      offSession: false,
      returnUrl,
      challengePassed,
      errorOnRequiresAction: false,
    });
  }
  if (hasGoneThrough(intent)) completeSession(account, session, intent);
  return { session, intent };
}

/** Nothing is left to do on the page. */
function hasGoneThrough({ object }: IntentRow): boolean {
  if (object.status !== 'requires_action') return true;
  return object.next_action?.type === 'verify_with_microdeposits';
}

/** Thrown to undo a try, and caught where it began. */
class Undone extends Error {}

/**
 * `customer_creation=always`: the customer is made before the money moves, and only when it does: null,
 * and nothing written, when the bank says no or wants to see the shopper first.
 */
function tryWithNewCustomer(
  account: Account,
  sessionId: string,
  intentId: string,
  confirmation: Confirmation,
): Attempt | null {
  try {
    return account.ctx.store.transaction(() => {
      const session = getByPath(account, 'checkout.session', sessionId);
      const method = takePaymentMethod(account, confirmation.methodId);
      makeSessionCustomer(account, session, findIntent(account, intentId), method);
      const done = attempt(account, session, intentId, confirmation);
      if (done.session.object.status !== 'complete') throw new Undone();
      return done;
    });
  } catch (thrown) {
    if (thrown instanceof Undone) return null;
    if (thrown instanceof SandboxError && thrown.status === 402) return null;
    throw thrown;
  }
}
