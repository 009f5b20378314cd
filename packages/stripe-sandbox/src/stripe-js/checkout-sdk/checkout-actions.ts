import type {
  StripeCheckoutContact,
  StripeCheckoutLoadActionsSuccess,
  StripeCheckoutSession,
  StripeCheckoutUpdateEmailResult,
  StripeCheckoutValidateElementsResult,
} from '@stripe/stripe-js';
import { integrationError } from '../integration-error.ts';
import { validateElement } from '../validate-element.ts';
import { buildCheckoutSession } from './build-checkout-session.ts';
import { fetchView } from './checkout-state.ts';
import type { LoadedState, Shopper } from './checkout-state.ts';
import { confirmCheckout } from './confirm-checkout.ts';

type Success = { type: 'success'; session: StripeCheckoutSession };
type Refused = { type: 'error'; error: { message: string; code: null } };

const lacks = async (what: string): Promise<Refused> => ({
  type: 'error',
  error: { message: `The sandbox has no ${what}.`, code: null },
});

async function updateEmail(
  state: LoadedState,
  email: string | null,
  changed: () => Success,
): Promise<StripeCheckoutUpdateEmailResult> {
  if (state.view.customer_email_fixed) {
    throw integrationError(
      'You cannot call updateEmail(): the Checkout Session was created with an email.',
    );
  }
  const text = email?.trim() ?? null;
  if (text !== null && !/^[^\s@]+@[^\s@]+$/.test(text)) {
    return {
      type: 'error',
      error: { message: 'Your email address is invalid.', code: 'invalidEmail' },
    };
  }
  if (text !== null && !/\.[^\s.]+$/.test(text)) {
    return {
      type: 'error',
      error: { message: 'Your email address is incomplete.', code: 'incompleteEmail' },
    };
  }
  state.shopper.email = text;
  return changed();
}

async function validateElements(state: LoadedState): Promise<StripeCheckoutValidateElementsResult> {
  const core = state.paymentCore;
  if (!core?.isMounted()) {
    const message = 'There are no mounted Elements to validate.';
    return { type: 'error', error: { code: 'no_elements', message, validation_errors: [] } };
  }
  const { error } = await validateElement(core);
  if (!error) return { type: 'success', session: buildCheckoutSession(state) };
  const message = error.message ?? 'Some fields need your attention.';
  return {
    type: 'error',
    error: {
      code: 'validation_error',
      message,
      validation_errors: [{ element: 'payment', message }],
    },
  };
}

/** The shopper's server changes the session meanwhile; afterwards it is read anew. */
async function runServerUpdate(
  state: LoadedState,
  userFunction: () => Promise<unknown>,
  changed: () => Success,
): Promise<Success | Refused> {
  if (typeof userFunction !== 'function') {
    throw integrationError('Invalid value for runServerUpdate(): pass a function.');
  }
  state.busy = true;
  changed();
  try {
    await userFunction();
    const fresh = await fetchView(state.client, state.sessionId, state.secret);
    if (!fresh.ok) {
      return { type: 'error', error: { message: fresh.error.message ?? '', code: null } };
    }
    state.view = fresh.body;
    state.totalRead = false;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : 'The update of your server failed.';
    return { type: 'error', error: { message, code: null } };
  } finally {
    state.busy = false;
    changed();
  }
  return changed();
}

/** What `loadActions()` gives. `changed` tells the page's `change` handlers. */
export function buildCheckoutActions(
  state: LoadedState,
  changed: () => Success,
): StripeCheckoutLoadActionsSuccess {
  const keep = async <K extends keyof Shopper>(name: K, value: Shopper[K]): Promise<Success> => {
    state.shopper[name] = value;
    return changed();
  };
  const checkAddress = (address: StripeCheckoutContact | null): StripeCheckoutContact | null => {
    if (address !== null && typeof address.address?.country !== 'string') {
      throw integrationError('Invalid value for the address: address.country should be a string.');
    }
    return address;
  };
  return {
    getSession: () => buildCheckoutSession(state),
    confirm: (args = {}) => confirmCheckout(state, args, changed),
    updateEmail: (email) => updateEmail(state, email, changed),
    updatePhoneNumber: (phone) => keep('phoneNumber', phone),
    updateBillingAddress: async (address) => keep('billingAddress', checkAddress(address)),
    updateShippingAddress: async (address) => keep('shippingAddress', checkAddress(address)),
    updateIndividualName: (name) => keep('individualName', name),
    updateBusinessName: (name) => keep('businessName', name),
    runServerUpdate: (userFunction) => runServerUpdate(state, userFunction, changed),
    validateElements: () => validateElements(state),
    updateLineItemQuantity: () => lacks('line items with an adjustable quantity'),
    updateShippingOption: () => lacks('shipping options'),
    updateTaxIdInfo: () => lacks('tax ids'),
    applyPromotionCode: () => lacks('promotion codes'),
    removePromotionCode: () => lacks('promotion codes'),
    addOptionalLineItem: () => lacks('optional items'),
    removeOptionalLineItem: () => lacks('optional items'),
  };
}
