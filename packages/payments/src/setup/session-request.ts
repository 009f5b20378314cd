import type Stripe from 'stripe';
import type { StripeOwner } from '../customers/stripe-owner.ts';
import type { CheckoutWay } from '../settings.ts';
import { allowedMethodTypes } from '../stripe/method-types.ts';

interface SetupFacts {
  uiMode: CheckoutWay;
  sessionId: string;
  agreementId: string;
  /** Null for a guest who is no customer at Stripe yet: the method is attached afterwards. */
  owner: StripeOwner | null;
  email: string;
  currency: string;
  /** Whether bank accounts are taken as well. */
  bankDebits: boolean;
  redisplay: boolean;
  /** The order that the method is saved for: its page is come back to. */
  orderId: string | null;
  storefrontOrigin: string;
}

/**
 * The request for a Checkout Session in setup mode. `currency` is required by dynamic payment
 * methods; `allow_redisplay` is what the shopper said of showing the card again at checkout:
 * `limited` unless they ticked that too. There is no box of Stripe's for it in this mode.
 */
export function setupSessionRequest(facts: SetupFacts): Stripe.Checkout.SessionCreateParams {
  const metadata = { onfile_session: facts.sessionId, onfile_agreement: facts.agreementId };
  return {
    mode: 'setup',
    ui_mode: facts.uiMode,
    currency: facts.currency,
    allowed_payment_method_types: allowedMethodTypes(facts),
    ...(facts.owner ?? { customer_email: facts.email }),
    client_reference_id: facts.sessionId,
    metadata,
    setup_intent_data: { metadata },
    payment_method_data: { allow_redisplay: facts.redisplay ? 'always' : 'limited' },
    ...addresses(facts),
  };
}

/**
 * Where each of the three ways comes back to: a hosted page by `success_url`, the others by
 * `return_url`, and an embedded page always, so that one page tells what came of it.
 */
function addresses(facts: SetupFacts): Stripe.Checkout.SessionCreateParams {
  const { orderId, storefrontOrigin } = facts;
  const page = orderId ? `/orders/${orderId}` : '/account/payment-methods';
  const list = `${storefrontOrigin}${page}`;
  // The braces are Stripe's template and must stay unencoded.
  const back = `${list}/return?session_id={CHECKOUT_SESSION_ID}`;
  switch (facts.uiMode) {
    case 'hosted_page':
      return { success_url: back, cancel_url: list };
    case 'embedded_page':
      return { return_url: back, redirect_on_completion: 'always' };
    case 'elements':
      return { return_url: back };
  }
}
