import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { SandboxError, invalidRequest } from '../errors.ts';
import type { StripeErrorBody } from '../errors.ts';
import { getByPath, save } from '../get-object.ts';
import { challengeUrl } from '../next-action.ts';
import type { Row } from '../stored-objects.ts';
import { completeSession } from './complete-session.ts';
import { confirmSessionIntent } from './confirm-session-intent.ts';
import type { IntentRow } from './intent-row.ts';
import { makeSubmittedMethod } from './make-submitted-method.ts';
import { openSessionIntent } from './open-session-intent.ts';
import { requireOpen } from './require-open.ts';

/** What a card form holds. It lives for one call and is never written anywhere. */
export type CardEntry = { number: string; exp_month: number; exp_year: number; cvc: string };

/** What the shopper chose and typed. Bank details live for one call, as a card's do. */
export type TypedMethod =
  | {
      kind: 'card';
      card: CardEntry;
      name?: string;
      email?: string;
      postalCode?: string;
      country?: string;
    }
  | { kind: 'sepa_debit'; iban: string; name: string; email: string; country?: string }
  | {
      kind: 'au_becs_debit';
      bsb_number: string;
      account_number: string;
      name: string;
      email: string;
    }
  | {
      kind: 'us_bank_account';
      routing_number: string;
      account_number: string;
      account_holder_type: 'individual' | 'company';
      account_type: 'checking' | 'savings';
      name: string;
      email: string;
    }
  | { kind: 'redirect'; type: string; name?: string; email?: string }
  | { kind: 'saved'; id: string };

/** What a checkout page sends when the shopper presses the button. */
export type CheckoutSubmission = {
  /** Absent where nothing is to be paid. */
  paymentMethod?: TypedMethod;
  savePaymentMethod?: boolean;
  termsAccepted?: boolean;
  /** Where an `elements` page wants to go on to. */
  return_url?: string;
  email?: string;
};

/** What came of a submission. `failed` leaves the session open. */
type SubmissionResult =
  | { status: 'complete'; session: Row<'checkout.session'> }
  | {
      status: 'requires_action';
      /** `challenge`: in a frame of the page; `redirect`: the whole window goes there and comes back. */
      kind: 'challenge' | 'redirect';
      intentId: string;
      challengeUrl: string;
    }
  | { status: 'failed'; error: StripeErrorBody };

/**
 * What pressing the button of a checkout page does. A bank's no is returned as `failed`, and the
 * session stays open; a session that is not open, or an unknown one, throws. Pressing it again while a
 * challenge is open starts anew with the same intent.
 */
export function submitCheckoutSession(
  account: Account,
  sessionId: string,
  submission: CheckoutSubmission,
): SubmissionResult {
  return account.ctx.store.transaction(() => {
    const session = getByPath(account, 'checkout.session', sessionId);
    requireOpen(session.object);
    requireTerms(session.object, submission);
    keepReturnUrl(account, session, submission);
    try {
      return submit(account, session, submission);
    } catch (thrown) {
      // Caught inside the transaction, so that the failed try and its events are kept.
      if (thrown instanceof SandboxError && thrown.status === 402) {
        return { status: 'failed', error: thrown.body };
      }
      throw thrown;
    }
  });
}

function submit(
  account: Account,
  session: Row<'checkout.session'>,
  submission: CheckoutSubmission,
): SubmissionResult {
  const { object } = session;
  const free = object.mode === 'payment' && object.amount_total === 0;
  if (submission.paymentMethod === undefined && free) {
    completeSession(account, session, null, { email: submission.email ?? null });
    return { status: 'complete', session };
  }
  const method = makeSubmittedMethod(account, session, submission);
  const intent = openSessionIntent(account, session, submission.savePaymentMethod === true);
  return answerOf(
    account,
    confirmSessionIntent(account, object.id, intent.object.id, {
      methodId: method.object.id,
      challengePassed: false,
    }),
  );
}

function requireTerms(session: Stripe.Checkout.Session, submission: CheckoutSubmission): void {
  if (session.consent_collection?.terms_of_service !== 'required') return;
  if (submission.termsAccepted === true) return;
  throw invalidRequest('You must accept the terms of service before you can continue.', {
    param: 'termsAccepted',
  });
}

/** An `elements` page gives its address on the session or on confirming, not twice (stripe.md 2.2). */
function keepReturnUrl(
  account: Account,
  session: Row<'checkout.session'>,
  { return_url: returnUrl }: CheckoutSubmission,
): void {
  if (returnUrl === undefined) return;
  if (session.object.ui_mode !== 'elements' && session.object.ui_mode !== 'form') {
    throw invalidRequest(
      `You can only pass \`return_url\` on confirming a Checkout Session with \`ui_mode: elements\`.`,
      { param: 'return_url' },
    );
  }
  if (session.object.return_url !== undefined) {
    throw invalidRequest(
      'You can not pass `return_url` on confirming: the Checkout Session already has one.',
      { param: 'return_url' },
    );
  }
  session.hidden.returnUrl = returnUrl;
  save(account, 'checkout.session', session);
}

function answerOf(
  account: Account,
  { session, intent }: { session: Row<'checkout.session'>; intent: IntentRow },
): SubmissionResult {
  if (session.object.status === 'complete') return { status: 'complete', session };
  const { id, next_action: action } = intent.object;
  const leave = action?.redirect_to_url?.url ?? null;
  return {
    status: 'requires_action',
    kind: leave === null ? 'challenge' : 'redirect',
    intentId: id,
    challengeUrl: leave ?? challengeUrl(account, id),
  };
}
