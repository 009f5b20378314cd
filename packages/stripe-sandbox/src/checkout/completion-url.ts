import type Stripe from 'stripe';

/**
 * Where Checkout sends the shopper when the session is complete: `success_url` or `return_url` with
 * `{CHECKOUT_SESSION_ID}` replaced; null when the page should only fire `onComplete`.
 */
export function completionUrl(session: Stripe.Checkout.Session): string | null {
  const target =
    session.ui_mode === 'hosted_page'
      ? session.success_url
      : session.redirect_on_completion === 'if_required' ||
          session.redirect_on_completion === 'never'
        ? null
        : (session.return_url ?? null);
  return target === null ? null : target.replaceAll('{CHECKOUT_SESSION_ID}', session.id);
}
