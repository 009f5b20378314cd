import type { Account } from '../context.ts';
import { pathId } from '../endpoint.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { SandboxError, invalidRequest, resourceMissing } from '../errors.ts';
import { getByPath } from '../get-object.ts';
import { integer, requiredText, text } from '../params.ts';
import type { Params } from '../params.ts';
import type { Row } from '../stored-objects.ts';
import { checkoutView } from './checkout-view.ts';
import { completionUrl } from './completion-url.ts';
import { readSubmission } from './read-submission.ts';
import { removeSavedMethod } from './remove-saved-method.ts';
import { submitCheckoutSession } from './submit-session.ts';

/**
 * The session of a page. An embedded page proves itself with the client secret, the hosted page with its
 * address, and the Stripe CLI with the secret key; everybody else is told that there is none.
 */
function openPage(account: Account, id: string, params: Params): Row<'checkout.session'> {
  const row = getByPath(account, 'checkout.session', id);
  const { pageSecret } = row.hidden;
  if (pageSecret === null || account.request?.access === 'secret') return row;
  if (text(params, 'client_secret') === pageSecret) return row;
  throw resourceMissing('checkout.session', id, 'session', 'path');
}

/** The `id` is for the Stripe CLI, which takes it from here to the next call. */
function viewPage(account: Account, { object }: Row<'checkout.session'>): object {
  return { id: object.id, object: 'checkout.session', session: checkoutView(account, object) };
}

function confirmPage({ account, ids, params }: Call): object {
  const { object } = openPage(account, ids.id ?? '', params);
  const expected = integer(params, 'expected_amount');
  if (expected !== undefined && expected !== (object.amount_total ?? 0)) {
    throw invalidRequest('The amount of this Checkout Session has changed.', {
      param: 'expected_amount',
    });
  }
  const result = submitCheckoutSession(account, object.id, readSubmission(params));
  if (result.status === 'failed') throw new SandboxError(402, result.error, 'outcome');
  if (result.status === 'requires_action') {
    return {
      status: result.status,
      kind: result.kind,
      challenge_url: result.challengeUrl,
      intent_id: result.intentId,
    };
  }
  const { session } = result;
  return {
    status: 'complete',
    redirect_url: completionUrl(session.object, session.hidden.returnUrl),
  };
}

/** What pages, the stand-in and the Stripe CLI call; Stripe does not document these (stripe.md 16). */
export const PAYMENT_PAGE_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/v1/payment_pages/:id',
    more: ['client_secret'],
    access: 'any',
    answer: (call) => viewPage(call.account, openPage(call.account, pathId(call), call.params)),
  },
  {
    method: 'POST',
    path: '/v1/payment_pages/:id/confirm',
    more: [
      'client_secret',
      'email',
      'expected_amount',
      'paymentMethod',
      'payment_method',
      'return_url',
      'savePaymentMethod',
      'termsAccepted',
    ],
    access: 'any',
    json: true,
    answer: confirmPage,
  },
  {
    method: 'POST',
    path: '/v1/payment_pages/:id/remove',
    more: ['client_secret', 'payment_method'],
    access: 'any',
    json: true,
    answer: (call) => {
      const session = openPage(call.account, pathId(call), call.params);
      removeSavedMethod(call.account, session, requiredText(call.params, 'payment_method'));
      return viewPage(call.account, session);
    },
  },
];
