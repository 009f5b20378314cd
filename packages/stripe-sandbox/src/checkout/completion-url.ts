import type Stripe from 'stripe';
import type { Row } from '../stored-objects.ts';

/**
 * Where Checkout sends the shopper when the session is complete: `success_url` or `return_url` with
 * `{CHECKOUT_SESSION_ID}` replaced; null when the page should only fire `onComplete`. `given`: the
 * address that an `elements` page gave on confirming.
 */
export function completionUrl(
  session: Stripe.Checkout.Session,
  given: string | null = null,
): string | null {
  const stays = ['if_required', 'never'].includes(session.redirect_on_completion ?? '');
  return stays ? null : returnAddress(session, given);
}

/**
 * Where a redirect method leads back to, whether or not it went well (stripe.md 2.2): the hosted page
 * while there is something to do or to say on it, else the merchant's address. Null: nobody gave one.
 */
export function addressAfterRedirect(
  { object, hidden }: Row<'checkout.session'>,
  baseUrl: string,
): string | null {
  if (object.ui_mode !== 'hosted_page' || object.status === 'complete') {
    return returnAddress(object, hidden.returnUrl);
  }
  return object.url ?? `${baseUrl}/c/pay/${object.id}`;
}

function returnAddress(session: Stripe.Checkout.Session, given: string | null): string | null {
  const target =
    session.ui_mode === 'hosted_page' ? session.success_url : (session.return_url ?? given);
  return target === null ? null : target.replaceAll('{CHECKOUT_SESSION_ID}', session.id);
}
