import { invalidRequest } from '../errors.ts';
import { maskDigits } from '../mask-params.ts';
import { clearable, flag, hash, integer, oneOf, requiredText, url } from '../params.ts';
import type { Params } from '../params.ts';
import type { CheckoutSubmission, TypedMethod } from './submit-session.ts';

const KINDS = [
  'card',
  'sepa_debit',
  'au_becs_debit',
  'us_bank_account',
  'redirect',
  'saved',
] as const;

/** The most characters of each text that a form holds; anything longer is no such text. */
const LONGEST = {
  account_number: 40,
  bsb_number: 20,
  country: 2,
  cvc: 10,
  email: 512,
  iban: 60,
  id: 255,
  name: 255,
  number: 40,
  payment_method: 255,
  postalCode: 20,
  routing_number: 20,
  type: 40,
} as const;
type Field = keyof typeof LONGEST;

/**
 * Reads what a page, the stand-in or the Stripe CLI posts. A fault names the field of the form in
 * `param`: `iban`, `email`, `exp_month`.
 */
export function readSubmission(params: Params): CheckoutSubmission {
  const email = optional(params, 'email');
  checkEmail(email);
  const methodId = optional(params, 'payment_method');
  const given = hash(params, 'paymentMethod');
  if (methodId !== undefined && given !== undefined) {
    throw invalidRequest(
      'You may only specify one of these parameters: payment_method, paymentMethod.',
      { code: 'parameters_exclusive', param: 'payment_method' },
    );
  }
  const paymentMethod =
    methodId !== undefined
      ? ({ kind: 'saved', id: methodId } as const)
      : given === undefined
        ? undefined
        : readMethod(given);
  const returnUrl = url(params, 'return_url');
  return {
    savePaymentMethod: flag(params, 'savePaymentMethod') === true,
    termsAccepted: flag(params, 'termsAccepted') === true,
    ...(paymentMethod === undefined ? {} : { paymentMethod }),
    ...(email === undefined ? {} : { email }),
    ...(returnUrl === undefined ? {} : { return_url: returnUrl }),
  };
}

function readMethod(given: Params): TypedMethod {
  // The form knows its fields by their own names, without the brackets around them.
  const form: Params = { values: given.values, at: '' };
  const kind = oneOf(form, 'kind', KINDS) ?? requiredText(form, 'kind');
  switch (kind) {
    case 'saved':
      return { kind, id: required(form, 'id') };
    case 'card':
      return readCard(form);
    case 'redirect':
      return { kind, type: required(form, 'type'), ...readPayer(form) };
    case 'sepa_debit':
      return { kind, iban: required(form, 'iban'), ...readAccountHolder(form) };
    case 'au_becs_debit':
      return {
        kind,
        bsb_number: required(form, 'bsb_number'),
        account_number: required(form, 'account_number'),
        ...readAccountHolder(form),
      };
    default:
      return {
        kind: 'us_bank_account',
        routing_number: required(form, 'routing_number'),
        account_number: required(form, 'account_number'),
        account_holder_type:
          oneOf(form, 'account_holder_type', ['company', 'individual']) ?? 'individual',
        account_type: oneOf(form, 'account_type', ['checking', 'savings']) ?? 'checking',
        ...readAccountHolder(form),
      };
  }
}

function readCard(form: Params): TypedMethod {
  const card: Params = { values: hash(form, 'card')?.values ?? {}, at: '' };
  return {
    kind: 'card',
    card: {
      number: required(card, 'number'),
      exp_month: integer(card, 'exp_month') ?? 0,
      exp_year: integer(card, 'exp_year') ?? 0,
      cvc: optional(card, 'cvc') ?? '',
    },
    ...readPayer(form),
  };
}

type Payer = { name?: string; email?: string; postalCode?: string; country?: string };

/** Who pays, as far as the form asks; empty fields are absent ones. */
function readPayer(form: Params): Payer {
  const payer: Payer = {};
  for (const field of ['name', 'email', 'postalCode', 'country'] as const) {
    const value = optional(form, field);
    if (value !== undefined) payer[field] = value;
  }
  // Now and then somebody types the card's number where its owner's name belongs.
  if (payer.name !== undefined) payer.name = maskDigits(payer.name);
  checkEmail(payer.email);
  if (payer.country !== undefined && !/^[A-Z]{2}$/.test(payer.country)) {
    throw invalidRequest(`Country '${payer.country}' is unknown.`, { param: 'country' });
  }
  return payer;
}

/** A bank debit needs a name and an e-mail: the mandate and its notices go there. */
function readAccountHolder(form: Params): Payer & { name: string; email: string } {
  return {
    ...readPayer(form),
    name: maskDigits(required(form, 'name')),
    email: required(form, 'email'),
  };
}

function checkEmail(email: string | undefined): void {
  if (email === undefined || /^[^\s@]+@[^\s@]+$/.test(email)) return;
  throw invalidRequest(`Invalid email address: ${email.slice(0, 60)}`, {
    code: 'email_invalid',
    param: 'email',
  });
}

function required(form: Params, field: Field): string {
  const value = optional(form, field);
  return value ?? requiredText(form, field);
}

function optional(form: Params, field: Field): string | undefined {
  const value = clearable(form, field) ?? undefined;
  if (value !== undefined && value.length > LONGEST[field]) {
    throw invalidRequest(
      `Invalid string: ${field} must be at most ${String(LONGEST[field])} characters`,
      { param: field },
    );
  }
  return value;
}
