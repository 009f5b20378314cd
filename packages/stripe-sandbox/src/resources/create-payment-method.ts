import { checkCardEntry } from '../check-card-entry.ts';
import type { Account } from '../context.ts';
import { invalidRequest, refusal, resourceMissing } from '../errors.ts';
import { mergeMetadata } from '../metadata.ts';
import { isDebitType, isRedirectType } from '../method-kinds.ts';
import { hash, integer, missing, oneOf, requiredText, text } from '../params.ts';
import type { Params } from '../params.ts';
import type { Row } from '../stored-objects.ts';
import { readBillingDetails } from './address.ts';
import { makeRedirectPaymentMethod } from './build-bank-payment-method.ts';
import type { MethodDetails } from './build-bank-payment-method.ts';
import { makeCardPaymentMethod } from './build-payment-method.ts';
import { createBankPaymentMethod } from './create-bank-payment-method.ts';
import { makeFromTemplate } from './take-payment-method.ts';

export const ALLOW_REDISPLAY = ['always', 'limited', 'unspecified'] as const;

/**
 * Makes a payment method of `type`: a card from `card[token]` or, with a publishable key only, from its
 * number; a bank account from its number; or a method that redirects. Used by
 * `POST /v1/payment_methods` and by `payment_method_data` on confirms.
 */
export function createPaymentMethod(account: Account, params: Params): Row<'payment_method'> {
  const type = requiredText(params, 'type');
  const details: MethodDetails = {
    billingDetails: readBillingDetails(params),
    allowRedisplay: oneOf(params, 'allow_redisplay', ALLOW_REDISPLAY) ?? 'unspecified',
    metadata: mergeMetadata(params),
  };
  if (isDebitType(type)) return createBankPaymentMethod(account, type, params, details);
  if (isRedirectType(type)) return makeRedirectPaymentMethod(account, type, details);
  if (type !== 'card') {
    throw invalidRequest(`The sandbox has no payment methods of type ${type.slice(0, 40)}.`, {
      param: 'type',
    });
  }
  return createCard(account, params, details);
}

function createCard(
  account: Account,
  params: Params,
  details: MethodDetails,
): Row<'payment_method'> {
  const card = hash(params, 'card');
  if (card === undefined) throw missing('card');
  const token = text(card, 'token');
  const method =
    token === undefined ? fromNumber(account, params, card) : fromToken(account, token);
  method.object.billing_details = details.billingDetails;
  method.object.allow_redisplay = details.allowRedisplay;
  method.object.metadata = details.metadata;
  account.ctx.store.update(account.id, 'payment_method', method);
  return method;
}

function fromToken(account: Account, token: string): Row<'payment_method'> {
  const made = token.startsWith('tok_') ? makeFromTemplate(account, token) : undefined;
  if (made === undefined) throw resourceMissing('token', token, 'card[token]', 'body');
  return made;
}

function fromNumber(account: Account, params: Params, card: Params): Row<'payment_method'> {
  if (account.request?.access === 'secret') {
    throw refusal(
      402,
      'Sending credit card numbers directly to the Stripe API is generally unsafe. We suggest you use test tokens that map to the test card you are using, see https://stripe.com/docs/testing. To enable testing raw card data APIs, see https://support.stripe.com/questions/enabling-access-to-raw-card-data-apis.',
    );
  }
  const number = requiredText(card, 'number');
  const expMonth = integer(card, 'exp_month');
  const expYear = integer(card, 'exp_year');
  if (expMonth === undefined) throw missing('card[exp_month]');
  if (expYear === undefined) throw missing('card[exp_year]');
  const cvc = text(card, 'cvc') ?? '';
  const testCard = checkCardEntry(account.ctx.clock, {
    number,
    exp_month: expMonth,
    exp_year: expYear,
    cvc,
  });
  return makeCardPaymentMethod(account, {
    card: testCard,
    expMonth,
    expYear: expYear < 100 ? expYear + 2000 : expYear,
    cvcGiven: cvc !== '',
    billingDetails: readBillingDetails(params),
    allowRedisplay: 'unspecified',
    metadata: {},
  });
}
