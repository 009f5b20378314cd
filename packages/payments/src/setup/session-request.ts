import type Stripe from 'stripe';
import type { StripeOwner } from '../customers/stripe-owner.ts';

/** The names as of API version 2026-03-25; the old ones compile and fail at run time. */
export type SetupUiMode = 'hosted_page' | 'embedded_page';

/** Where both pages come back to. The braces are Stripe's template and must stay unencoded. */
function setupReturnUrl(storefrontOrigin: string): string {
  return `${storefrontOrigin}/account/payment-methods/return?session_id={CHECKOUT_SESSION_ID}`;
}

/**
 * The request for a Checkout Session in setup mode. `currency` is required by dynamic payment
 * methods; `allow_redisplay` is what the shopper said of showing the card again at checkout:
 * `limited` unless they ticked that too.
 */
export function setupSessionRequest(session: {
  uiMode: SetupUiMode;
  sessionId: string;
  agreementId: string;
  owner: StripeOwner;
  currency: string;
  redisplay: boolean;
  storefrontOrigin: string;
}): Stripe.Checkout.SessionCreateParams {
  const metadata = { onfile_session: session.sessionId, onfile_agreement: session.agreementId };
  const returnUrl = setupReturnUrl(session.storefrontOrigin);
  return {
    mode: 'setup',
    ui_mode: session.uiMode,
    currency: session.currency,
    allowed_payment_method_types: ['card'],
    ...session.owner,
    client_reference_id: session.sessionId,
    metadata,
    setup_intent_data: { metadata },
    payment_method_data: { allow_redisplay: session.redisplay ? 'always' : 'limited' },
    ...(session.uiMode === 'hosted_page'
      ? {
          success_url: returnUrl,
          cancel_url: `${session.storefrontOrigin}/account/payment-methods`,
        }
      : { return_url: returnUrl }),
  };
}
