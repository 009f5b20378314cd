import type { Account } from '../context.ts';
import { pathId } from '../endpoint.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { SandboxError, invalidRequest, resourceMissing } from '../errors.ts';
import { getByPath } from '../get-object.ts';
import { clearable, flag, hash, integer, missing, oneOf, requiredText, text } from '../params.ts';
import type { Params } from '../params.ts';
import { checkoutView } from './checkout-view.ts';
import { completionUrl } from './completion-url.ts';
import { submitCheckoutSession } from './submit-session.ts';
import type { CheckoutSubmission } from './submit-session.ts';

/** Reads what a page posts; the Stripe CLI posts `payment_method` with an id instead. */
function readSubmission(params: Params): CheckoutSubmission {
  const savePaymentMethod = flag(params, 'savePaymentMethod') === true;
  const id = text(params, 'payment_method');
  if (id !== undefined) return { paymentMethod: { kind: 'saved', id }, savePaymentMethod };
  const given = hash(params, 'paymentMethod');
  if (given === undefined) throw missing('paymentMethod');
  const kind = oneOf(given, 'kind', ['card', 'saved']);
  if (kind === undefined) throw missing('paymentMethod[kind]');
  if (kind === 'saved') {
    return { paymentMethod: { kind, id: requiredText(given, 'id') }, savePaymentMethod };
  }
  const card = hash(given, 'card');
  if (card === undefined) throw missing('paymentMethod[card]');
  const name = clearable(given, 'name') ?? undefined;
  const email = clearable(given, 'email') ?? undefined;
  const postalCode = clearable(given, 'postalCode') ?? undefined;
  return {
    paymentMethod: {
      kind,
      card: {
        number: requiredText(card, 'number'),
        exp_month: integer(card, 'exp_month') ?? 0,
        exp_year: integer(card, 'exp_year') ?? 0,
        cvc: clearable(card, 'cvc') ?? '',
      },
      ...(name === undefined ? {} : { name }),
      ...(email === undefined ? {} : { email }),
      ...(postalCode === undefined ? {} : { postalCode }),
    },
    savePaymentMethod,
  };
}

/** An embedded page proves itself with the client secret; the hosted page's address is its proof. */
function requirePageSecret(account: Account, id: string, params: Params): void {
  const { object } = getByPath(account, 'checkout.session', id);
  if (object.ui_mode === 'hosted_page' || account.request?.access === 'secret') return;
  const given = text(params, 'client_secret');
  if (object.client_secret === null || given === object.client_secret) return;
  throw resourceMissing('checkout.session', id, 'session', 'path');
}

function confirmPage({ account, ids, params }: Call): object {
  const id = ids.id ?? '';
  requirePageSecret(account, id, params);
  const expected = integer(params, 'expected_amount');
  const { object } = getByPath(account, 'checkout.session', id);
  if (expected !== undefined && expected !== (object.amount_total ?? 0)) {
    throw invalidRequest('The amount of this Checkout Session has changed.', {
      param: 'expected_amount',
    });
  }
  const result = submitCheckoutSession(account, id, readSubmission(params));
  if (result.status === 'failed') throw new SandboxError(402, result.error, 'outcome');
  if (result.status === 'requires_action') {
    return {
      status: result.status,
      challenge_url: result.challengeUrl,
      intent_id: result.intentId,
    };
  }
  return { status: 'complete', redirect_url: completionUrl(result.session) };
}

export const PAYMENT_PAGE_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/v1/payment_pages/:id',
    more: ['client_secret'],
    access: 'any',
    answer: (call) => {
      const { object } = getByPath(call.account, 'checkout.session', pathId(call));
      return { session: checkoutView(call.account, object) };
    },
  },
  {
    method: 'POST',
    path: '/v1/payment_pages/:id/confirm',
    more: [
      'client_secret',
      'expected_amount',
      'paymentMethod',
      'payment_method',
      'savePaymentMethod',
    ],
    access: 'any',
    json: true,
    answer: confirmPage,
  },
];
