import type Stripe from 'stripe';
import { checkCardEntry } from '../check-card-entry.ts';
import type { Account } from '../context.ts';
import { SandboxError, refusedByState } from '../errors.ts';
import type { StripeErrorBody } from '../errors.ts';
import { getByPath, save } from '../get-object.ts';
import { idOf } from '../ids.ts';
import { challengeUrl } from '../next-action.ts';
import { readBillingDetails } from '../resources/address.ts';
import { makeCardPaymentMethod } from '../resources/build-payment-method.ts';
import { makePaymentIntent } from '../resources/build-payment-intent.ts';
import { confirmPaymentIntent } from '../resources/confirm-payment-intent.ts';
import { confirmSetupIntent } from '../resources/confirm-setup-intent.ts';
import { takePaymentMethod } from '../resources/take-payment-method.ts';
import type { Row } from '../stored-objects.ts';
import { completeSession } from './complete-session.ts';
import { ownerIdOf } from '../owner.ts';

/** What a card form holds. It lives for one call and is never written anywhere. */
export type CardEntry = { number: string; exp_month: number; exp_year: number; cvc: string };

/** What a checkout page sends when the shopper presses the button. */
export type CheckoutSubmission = {
  paymentMethod:
    | { kind: 'card'; card: CardEntry; name?: string; email?: string; postalCode?: string }
    | { kind: 'saved'; id: string };
  savePaymentMethod?: boolean;
};

/** What came of a submission. `failed` leaves the session open. */
type SubmissionResult =
  | { status: 'complete'; session: Stripe.Checkout.Session }
  | { status: 'requires_action'; intentId: string; challengeUrl: string }
  | { status: 'failed'; error: StripeErrorBody };

/**
 * What pressing the button of a checkout page does. A bank's no is returned as `failed`, and the
 * session stays open; a session that is not open, or an unknown one, throws.
 */
export function submitCheckoutSession(
  account: Account,
  sessionId: string,
  submission: CheckoutSubmission,
): SubmissionResult {
  return account.ctx.store.transaction(() => {
    const row = getByPath(account, 'checkout.session', sessionId);
    const { status } = row.object;
    if (status !== 'open') {
      throw refusedByState(
        `This Checkout Session is not active: it has a status of \`${status ?? ''}\`.`,
        { code: 'checkout_session_not_active' },
      );
    }
    try {
      const method = readMethod(account, row, submission);
      return row.object.mode === 'setup'
        ? submitSetup(account, row, method)
        : submitPayment(account, row, method, submission.savePaymentMethod === true);
    } catch (thrown) {
      // Caught inside the transaction, so that the failed try and its events are kept.
      if (thrown instanceof SandboxError && thrown.status === 402) {
        return { status: 'failed', error: thrown.body };
      }
      throw thrown;
    }
  });
}

function readMethod(
  account: Account,
  session: Row<'checkout.session'>,
  submission: CheckoutSubmission,
): Row<'payment_method'> {
  const { paymentMethod: given } = submission;
  if (given.kind === 'saved') return takePaymentMethod(account, given.id);
  const card = checkCardEntry(account.ctx.clock, given.card);
  const billingDetails = readBillingDetails({ values: {}, at: '' });
  billingDetails.email = given.email ?? session.object.customer_email;
  billingDetails.name = given.name ?? null;
  if (billingDetails.address !== null)
    billingDetails.address.postal_code = given.postalCode ?? null;
  const { exp_month: expMonth, exp_year: year } = given.card;
  return makeCardPaymentMethod(account, {
    card,
    expMonth,
    expYear: year < 100 ? year + 2000 : year,
    cvcGiven: given.card.cvc !== '',
    billingDetails,
    allowRedisplay: redisplayOf(session, submission.savePaymentMethod === true),
    metadata: {},
  });
}

/** Who set `allow_redisplay` (stripe.md 5): the session, else the box, else the mode. */
function redisplayOf(
  session: Row<'checkout.session'>,
  ticked: boolean,
): 'always' | 'limited' | 'unspecified' {
  if (session.hidden.allowRedisplay !== null) return session.hidden.allowRedisplay;
  if (session.object.mode === 'setup' || ticked) return 'always';
  return session.hidden.payment.setupFutureUsage === null ? 'unspecified' : 'limited';
}

function submitSetup(
  account: Account,
  session: Row<'checkout.session'>,
  method: Row<'payment_method'>,
): SubmissionResult {
  const intent = getByPath(account, 'setup_intent', idOf(session.object.setup_intent) ?? '');
  confirmSetupIntent(account, intent, { method, returnUrl: null, challengePassed: false });
  return finish(account, session, intent);
}

function submitPayment(
  account: Account,
  session: Row<'checkout.session'>,
  method: Row<'payment_method'>,
  ticked: boolean,
): SubmissionResult {
  const intent = openPaymentIntent(account, session);
  const saveBox = session.object.saved_payment_method_options?.payment_method_save === 'enabled';
  intent.hidden.saveToCustomer = ticked && saveBox;
  confirmPaymentIntent(account, intent, {
    method,
    offSession: false,
    returnUrl: null,
    challengePassed: false,
    errorOnRequiresAction: false,
  });
  return finish(account, session, intent);
}

/** One PaymentIntent for all tries of a session. */
function openPaymentIntent(
  account: Account,
  session: Row<'checkout.session'>,
): Row<'payment_intent'> {
  const { object, hidden } = session;
  const existing = idOf(object.payment_intent);
  if (existing !== null) return getByPath(account, 'payment_intent', existing);
  const row = makePaymentIntent(account, {
    amount: object.amount_total ?? 0,
    currency: object.currency ?? 'usd',
    customer: ownerIdOf(object),
    description: hidden.payment.description,
    metadata: hidden.payment.metadata,
    automaticPaymentMethods: null,
    captureMethod: hidden.payment.captureMethod,
    confirmationMethod: 'automatic',
    setupFutureUsage: hidden.payment.setupFutureUsage,
    receiptEmail: null,
    shipping: null,
    statementDescriptor: null,
    statementDescriptorSuffix: null,
    sessionId: object.id,
  });
  object.payment_intent = row.object.id;
  save(account, 'checkout.session', session);
  return row;
}

function finish(
  account: Account,
  session: Row<'checkout.session'>,
  intent: Row<'setup_intent'> | Row<'payment_intent'>,
): SubmissionResult {
  const { id, status } = intent.object;
  if (status === 'requires_action') {
    return { status: 'requires_action', intentId: id, challengeUrl: challengeUrl(account, id) };
  }
  return { status: 'complete', session: completeSession(account, session, intent) };
}
