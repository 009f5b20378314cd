import type {
  StripeCheckoutAmount,
  StripeCheckoutLineItem,
  StripeCheckoutSession,
  StripeCheckoutStatus,
  StripeCheckoutTotalSummary,
} from '@stripe/stripe-js';
import type { CheckoutView } from '../../checkout/checkout-view.ts';
import { decimalsOf, formatAmount } from '../../checkout-page/format-amount.ts';
import type { LoadedState } from './checkout-state.ts';

function amountOf(minorUnitsAmount: number, currency: string): StripeCheckoutAmount {
  return { minorUnitsAmount, amount: formatAmount(minorUnitsAmount, currency) };
}

/** An amount that remembers that somebody read it. */
function watched(amount: StripeCheckoutAmount, onRead: () => void): StripeCheckoutAmount {
  return {
    get amount() {
      onRead();
      return amount.amount;
    },
    get minorUnitsAmount() {
      onRead();
      return amount.minorUnitsAmount;
    },
  };
}

function lineItemOf(
  item: CheckoutView['line_items'][number],
  currency: string,
): StripeCheckoutLineItem {
  const nothing = amountOf(0, currency);
  return {
    id: item.id,
    name: item.description ?? '',
    description: null,
    discount: nothing,
    subtotal: amountOf(item.amount_total, currency),
    total: amountOf(item.amount_total, currency),
    taxExclusive: nothing,
    taxInclusive: nothing,
    unitAmount: amountOf(item.unit_amount ?? 0, currency),
    unitAmountDecimal: null,
    quantity: item.quantity ?? 1,
    unitLabel: null,
    discountAmounts: null,
    taxAmounts: null,
    recurring: null,
    adjustableQuantity: null,
    images: [],
    priceId: '',
    isRemovable: false,
    pricing: null,
    transformQuantity: null,
  };
}

function statusOf(view: CheckoutView): StripeCheckoutStatus {
  if (view.status === 'expired') return { type: 'expired' };
  if (view.status !== 'complete') return { type: 'open' };
  const known = (['paid', 'no_payment_required'] as const).find(
    (status) => status === view.payment_status,
  );
  return { type: 'complete', paymentStatus: known ?? 'unpaid' };
}

function totalOf(state: LoadedState, currency: string): StripeCheckoutTotalSummary {
  const { amount_total: total, amount_subtotal: subtotal } = state.view;
  const nothing = amountOf(0, currency);
  return {
    appliedBalance: nothing,
    balanceAppliedToNextInvoice: false,
    discount: nothing,
    shippingRate: nothing,
    subtotal: amountOf(subtotal ?? total ?? 0, currency),
    surcharge: nothing,
    taxExclusive: nothing,
    taxInclusive: nothing,
    total: watched(amountOf(total ?? 0, currency), () => {
      state.totalRead = true;
    }),
  };
}

/** Whether nothing that is known to be missing stands in the way of `confirm`. */
function canConfirm({ view, shopper, paymentCore, busy }: LoadedState): boolean {
  if (view.status !== 'open' || busy) return false;
  if (view.customer_email === null && shopper.email === null) return false;
  return paymentCore === null || !paymentCore.isMounted() || paymentCore.complete;
}

function savedOf(state: LoadedState): StripeCheckoutSession['savedPaymentMethods'] {
  if (state.options.elementsOptions?.savedPaymentMethod?.enableRedisplay === 'never') return null;
  const saved = state.view.saved_payment_methods.map(
    ({ id, brand, last4, exp_month, exp_year }) => ({
      id,
      type: 'card' as const,
      card: { brand, last4, expMonth: exp_month, expYear: exp_year },
      billingDetails: { email: state.view.customer_email },
    }),
  );
  return saved.length === 0 ? null : saved;
}

/** The session as pages see it (stripe.md 9.3); what the sandbox has not is null or empty. */
export function buildCheckoutSession(state: LoadedState): StripeCheckoutSession {
  const { view, shopper } = state;
  const currency = view.currency ?? 'usd';
  return {
    id: view.id,
    livemode: view.livemode,
    status: statusOf(view),
    currency,
    currencyOptions: null,
    minorUnitsAmountDivisor: 10 ** decimalsOf(currency),
    total: totalOf(state, currency),
    lineItems: view.line_items.map((item) => lineItemOf(item, currency)),
    canConfirm: canConfirm(state),
    email: view.customer_email ?? shopper.email,
    phoneNumber: shopper.phoneNumber,
    billingAddress: shopper.billingAddress,
    shippingAddress: shopper.shippingAddress,
    businessName: shopper.businessName,
    nameCollection:
      shopper.individualName === null && shopper.businessName === null
        ? null
        : { individualName: shopper.individualName, businessName: shopper.businessName },
    savedPaymentMethods: savedOf(state),
    lastPaymentError: state.lastError === null ? null : { message: state.lastError },
    tax: { status: 'ready' },
    taxAmounts: null,
    taxIdInfo: null,
    discountAmounts: null,
    optionalItems: null,
    recurring: null,
    shipping: null,
    shippingOptions: [],
    surcharge: null,
  };
}
