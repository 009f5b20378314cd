import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { getByPath, save } from '../get-object.ts';
import { idOf } from '../ids.ts';
import { ownerIdOf } from '../owner.ts';
import { makePaymentIntent } from '../resources/build-payment-intent.ts';
import { makeSetupIntent } from '../resources/build-setup-intent.ts';
import { ALWAYS_SHOWN } from '../resources/intent-options.ts';
import type { Row } from '../stored-objects.ts';
import { boxSaves } from './future-usage.ts';
import { isSetup, saveIntent } from './intent-row.ts';
import type { IntentRow } from './intent-row.ts';

/**
 * The intent of a session's attempt, made with the first one: a SetupIntent in setup mode and where there
 * is nothing to pay, else a PaymentIntent. All attempts of a session share it.
 * `saving`: the shopper ticked the save box.
 */
export function openSessionIntent(
  account: Account,
  session: Row<'checkout.session'>,
  saving: boolean,
): IntentRow {
  const { object } = session;
  if (object.mode === 'setup' || object.amount_total === 0) {
    return openSetupIntent(account, session);
  }
  const intent = openPaymentIntent(account, session);
  intent.hidden.saveToCustomer = boxSaves(session, saving);
  save(account, 'payment_intent', intent);
  return intent;
}

function openSetupIntent(account: Account, session: Row<'checkout.session'>): Row<'setup_intent'> {
  const existing = idOf(session.object.setup_intent);
  if (existing !== null) return getByPath(account, 'setup_intent', existing);
  const row = makeSetupIntent(account, {
    customer: ownerIdOf(session.object),
    description: null,
    metadata: {},
    usage: 'off_session',
    automaticPaymentMethods: null,
    sessionId: session.object.id,
  });
  offerTypes(account, row, session.object);
  session.object.setup_intent = row.object.id;
  save(account, 'checkout.session', session);
  return row;
}

function openPaymentIntent(
  account: Account,
  session: Row<'checkout.session'>,
): Row<'payment_intent'> {
  const { object, hidden } = session;
  const existing = idOf(object.payment_intent);
  if (existing !== null) {
    const row = getByPath(account, 'payment_intent', existing);
    // Items may have been changed between two attempts.
    row.object.amount = object.amount_total ?? 0;
    return row;
  }
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
    receiptEmail: hidden.payment.receiptEmail,
    shipping: hidden.payment.shipping,
    statementDescriptor: hidden.payment.statementDescriptor,
    statementDescriptorSuffix: hidden.payment.statementDescriptorSuffix,
    sessionId: object.id,
  });
  offerTypes(account, row, object);
  object.payment_intent = row.object.id;
  save(account, 'checkout.session', session);
  return row;
}

/** A SetupIntent has options for fewer types than a session. */
const SETUP_OPTIONS = ['card', 'sepa_debit', 'us_bank_account'];

/** An intent of a session takes what the session offers, with the options that the session has. */
export function offerTypes(
  account: Account,
  intent: IntentRow,
  session: Stripe.Checkout.Session,
): void {
  const { object } = intent;
  object.payment_method_types = session.payment_method_types;
  const given: { [type: string]: object | undefined } = { ...session.payment_method_options };
  const options: { [type: string]: object | undefined } = { ...object.payment_method_options };
  for (const [type, own] of Object.entries(given)) {
    if (isSetup(intent) && !SETUP_OPTIONS.includes(type)) continue;
    options[type] = { ...ALWAYS_SHOWN[type], ...options[type], ...own };
  }
  object.payment_method_options = options;
  saveIntent(account, intent);
}
