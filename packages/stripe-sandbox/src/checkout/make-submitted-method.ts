import { checkCardEntry } from '../check-card-entry.ts';
import type { Account } from '../context.ts';
import { SandboxError, invalidRequest, resourceMissing } from '../errors.ts';
import { save } from '../get-object.ts';
import { isRedirectType } from '../method-kinds.ts';
import { ownerIdOf } from '../owner.ts';
import { missing } from '../params.ts';
import { readBillingDetails } from '../resources/address.ts';
import { makeCardPaymentMethod } from '../resources/build-payment-method.ts';
import { createPaymentMethod } from '../resources/create-payment-method.ts';
import { takePaymentMethod } from '../resources/take-payment-method.ts';
import type { Row } from '../stored-objects.ts';
import { fixedEmail } from './fixed-email.ts';
import { boxSaves, usageFor } from './future-usage.ts';
import { offeredMethods } from './offered-methods.ts';
import type { CheckoutSubmission, TypedMethod } from './submit-session.ts';

type Session = Row<'checkout.session'>;
type Redisplay = 'always' | 'limited' | 'unspecified';

/** The payment method that a submission names or describes; its type must be one the session offers. */
export function makeSubmittedMethod(
  account: Account,
  session: Session,
  submission: CheckoutSubmission,
): Row<'payment_method'> {
  const { paymentMethod: given } = submission;
  if (given === undefined) throw missing('paymentMethod');
  if (given.kind === 'saved') return takeNamed(account, session, given.id, submission);
  const type = given.kind === 'redirect' ? given.type : given.kind;
  requireOffered(session, type, given.kind === 'redirect' ? 'type' : 'kind');
  if (given.kind === 'redirect' && !isRedirectType(type)) {
    throw invalidRequest(`${type} is no method that redirects.`, { param: 'type' });
  }
  const allowRedisplay = redisplayOf(session, type, submission.savePaymentMethod === true);
  const email = fixedEmail(account, session.object) ?? given.email ?? submission.email ?? null;
  if (given.kind === 'card') return makeCard(account, given, { email, allowRedisplay });
  return makeOther(account, given, type, { email, allowRedisplay });
}

function requireOffered(session: Session, type: string, param: string): void {
  if (session.object.payment_method_types.includes(type)) return;
  throw invalidRequest(
    `The payment method type \`${type.slice(0, 40)}\` is not available on this Checkout Session.`,
    { param },
  );
}

/** A saved card of the page, or a method that the stand-in or the CLI made before. */
function takeNamed(
  account: Account,
  session: Session,
  id: string,
  submission: CheckoutSubmission,
): Row<'payment_method'> {
  const method = takePaymentMethod(account, id);
  const { object } = method;
  requireOffered(session, object.type, 'payment_method');
  if (ownerIdOf(object) !== null) {
    // A page may use what it shows, and nothing else of the customer's.
    const shown = offeredMethods(account, session.object).some((row) => row.object.id === id);
    if (shown || account.request?.access === 'secret') return method;
    throw resourceMissing('PaymentMethod', id, 'payment_method', 'body');
  }
  object.allow_redisplay = redisplayOf(session, object.type, submission.savePaymentMethod === true);
  const email = fixedEmail(account, session.object) ?? submission.email ?? null;
  object.billing_details.email = email ?? object.billing_details.email;
  save(account, 'payment_method', method);
  return method;
}

type Kept = { email: string | null; allowRedisplay: Redisplay };

function makeCard(
  account: Account,
  given: Extract<TypedMethod, { kind: 'card' }>,
  { email, allowRedisplay }: Kept,
): Row<'payment_method'> {
  const card = checkCardEntry(account.ctx.clock, given.card);
  const billingDetails = readBillingDetails({ values: {}, at: '' });
  billingDetails.email = email;
  billingDetails.name = given.name ?? null;
  if (billingDetails.address !== null) {
    billingDetails.address.postal_code = given.postalCode ?? null;
    billingDetails.address.country = given.country ?? null;
  }
  const { exp_month: expMonth, exp_year: year } = given.card;
  return makeCardPaymentMethod(account, {
    card,
    expMonth,
    expYear: year < 100 ? year + 2000 : year,
    cvcGiven: given.card.cvc !== '',
    billingDetails,
    allowRedisplay,
    metadata: {},
  });
}

/** Debits and redirect methods are made as `POST /v1/payment_methods` makes them. */
function makeOther(
  account: Account,
  given: Exclude<TypedMethod, { kind: 'card' | 'saved' }>,
  type: string,
  { email, allowRedisplay }: Kept,
): Row<'payment_method'> {
  const { name, country } = { country: undefined, ...given };
  const billing = {
    ...(name === undefined ? {} : { name }),
    ...(email === null ? {} : { email }),
    ...(country === undefined ? {} : { address: { country } }),
  };
  const values = {
    type,
    [type]: bankFields(given),
    billing_details: billing,
    allow_redisplay: allowRedisplay,
  };
  try {
    return createPaymentMethod(account, { values, at: '' });
  } catch (thrown) {
    throw namedAsInTheForm(thrown);
  }
}

function bankFields(given: Exclude<TypedMethod, { kind: 'card' | 'saved' }>): object {
  switch (given.kind) {
    case 'sepa_debit':
      return { iban: given.iban };
    case 'au_becs_debit':
      return { bsb_number: given.bsb_number, account_number: given.account_number };
    case 'us_bank_account':
      return {
        routing_number: given.routing_number,
        account_number: given.account_number,
        account_holder_type: given.account_holder_type,
        account_type: given.account_type,
      };
    default:
      return {};
  }
}

/** `sepa_debit[iban]` is the field `iban` of the form. */
function namedAsInTheForm(thrown: unknown): unknown {
  if (!(thrown instanceof SandboxError) || thrown.body.param === undefined) return thrown;
  const param = /\[([^\]]+)\]$/.exec(thrown.body.param)?.[1] ?? thrown.body.param;
  return new SandboxError(thrown.status, { ...thrown.body, param }, thrown.reached);
}

/** Who set `allow_redisplay` (stripe.md 5): the session, else the box, else the mode. */
function redisplayOf(session: Session, type: string, ticked: boolean): Redisplay {
  const { object, hidden } = session;
  if (hidden.allowRedisplay !== null) return hidden.allowRedisplay;
  if (object.mode === 'setup' || boxSaves(session, ticked)) return 'always';
  return usageFor(session, type) === null ? 'unspecified' : 'limited';
}
