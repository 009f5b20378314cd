import type Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import type { StripeOwner } from '../customers/stripe-owner.ts';
import type { CheckoutWay } from '../settings.ts';
import { allowedMethodTypes } from '../stripe/method-types.ts';

/** What the shopper agreed to: nothing, to be charged while present, or while away as well. */
export type Usage = 'none' | 'on_session' | 'off_session';

export interface CheckoutFacts {
  uiMode: CheckoutWay;
  sessionId: string;
  order: Row<'orders'>;
  payment: Row<'payments'>;
  items: Row<'orderItems'>[];
  /** Null for a guest who is no customer at Stripe yet: Checkout makes one. */
  owner: StripeOwner | null;
  email: string;
  usage: Usage;
  /** Whether the shopper also agreed to see the method again at checkout. */
  redisplay: boolean;
  /** Authorize now and capture once the stock was checked. */
  holdFirst: boolean;
  /** Whether bank accounts are debited as well, where the currency has that. */
  bankDebits: boolean;
  /** Whether the shopper is asked to keep the method, where the plan does not need it anyway. */
  maySave: boolean;
  /** Whether the shopper may remove saved cards on Stripe's page. */
  mayRemove: boolean;
  shopName: string;
  storefrontOrigin: string;
}

/**
 * The request for a Checkout Session that pays one payment of an order. A method that the plan needs
 * later is kept by `setup_future_usage`, which the shopper has agreed to; otherwise Stripe's own box
 * asks, and `payment_method_data.allow_redisplay` is left out, since it would override that tick.
 */
export function checkoutRequest(facts: CheckoutFacts): Stripe.Checkout.SessionCreateParams {
  const { order, payment, usage } = facts;
  const metadata = {
    onfile_session: facts.sessionId,
    onfile_payment: payment.id,
    onfile_order: order.id,
  };
  return {
    mode: 'payment',
    ui_mode: facts.uiMode,
    line_items: lineItems(facts),
    // Funds are held on cards alone.
    allowed_payment_method_types: allowedMethodTypes({
      currency: payment.currency,
      bankDebits: facts.bankDebits && !facts.holdFirst,
    }),
    ...(facts.owner ?? { customer_creation: 'always', customer_email: facts.email }),
    client_reference_id: facts.sessionId,
    metadata,
    payment_intent_data: {
      metadata,
      description: payment.reason,
      ...(usage !== 'none' && { setup_future_usage: usage }),
      ...(facts.holdFirst && { capture_method: 'manual' as const }),
    },
    saved_payment_method_options: {
      allow_redisplay_filters: ['always'],
      ...(usage === 'none' && facts.maySave && { payment_method_save: 'enabled' as const }),
      ...(facts.owner && { payment_method_remove: facts.mayRemove ? 'enabled' : 'disabled' }),
    },
    ...(usage !== 'none' && {
      payment_method_data: { allow_redisplay: facts.redisplay ? 'always' : 'limited' },
    }),
    ...termsText(facts),
    ...returnAddresses(facts),
  };
}

/** Items as they were ordered when all is paid at once; a part of an order is one line of its own. */
function lineItems({
  items,
  order,
  payment,
}: CheckoutFacts): Stripe.Checkout.SessionCreateParams.LineItem[] {
  if (payment.kind === 'full') {
    return items.map((item) => ({
      quantity: item.quantity,
      ...(item.stripePriceId
        ? { price: item.stripePriceId }
        : {
            price_data: {
              currency: order.currency,
              unit_amount: item.unitAmountMinor,
              product_data: { name: item.description },
            },
          }),
    }));
  }
  return [
    {
      quantity: 1,
      price_data: {
        currency: payment.currency,
        unit_amount: payment.amountMinor,
        product_data: { name: payment.reason },
      },
    },
  ];
}

/** Stripe's page links the words that the shopper has agreed to; Elements has no such text. */
function termsText(facts: CheckoutFacts): Stripe.Checkout.SessionCreateParams {
  if (facts.usage === 'none' || facts.uiMode === 'elements') return {};
  const url = `${facts.storefrontOrigin}/account/agreements`;
  const message = `${facts.shopName} keeps your payment method as you [agreed](${url}).`;
  return { custom_text: { submit: { message } } };
}

function returnAddresses(facts: CheckoutFacts): Stripe.Checkout.SessionCreateParams {
  const orderPage = `${facts.storefrontOrigin}/orders/${facts.order.id}`;
  // The braces are Stripe's template and must stay unencoded.
  const back = `${orderPage}/return?session_id={CHECKOUT_SESSION_ID}`;
  return facts.uiMode === 'hosted_page'
    ? { success_url: back, cancel_url: orderPage }
    : { return_url: back };
}
