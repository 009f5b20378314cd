import type { StripeCheckoutElementsSdk } from '@stripe/stripe-js';
import { createElementCore } from '../element-core.ts';
import type { ElementCore } from '../element-core.ts';
import type { FrameSettings, PaymentOffer } from '../element-messages.ts';
import { coreOf, makeElement } from '../element-object.ts';
import type { OfferedElement } from '../element-object.ts';
import { readElementOptions } from '../element-options.ts';
import type { GivenOptions } from '../element-options.ts';
import { integrationError } from '../integration-error.ts';
import { postJsonToSandbox } from '../sandbox-client.ts';
import type { Answer } from '../sandbox-client.ts';
import type { CheckoutState, LoadedState, Shopper } from './checkout-state.ts';
import type { CheckoutView } from '../../checkout/checkout-view.ts';

type Offered = Pick<
  StripeCheckoutElementsSdk,
  Extract<keyof StripeCheckoutElementsSdk, `${'create' | 'get'}${string}Element`>
>;
type Elements = { made: Offered; restyle: () => void };

/** What the Payment Element offers of a session. */
function offerOf({ view, options }: LoadedState): PaymentOffer {
  const saving = options.elementsOptions?.savedPaymentMethod;
  const save = view.mode === 'payment' && view.payment_method_save;
  return {
    methods: view.payment_method_types,
    saved: saving?.enableRedisplay === 'never' ? [] : view.saved_payment_methods,
    removable: view.payment_method_remove,
    saveBox: save && saving?.enableSave !== 'never',
    reuse: view.mode === 'setup' || view.setup_future_usage !== null,
    merchant: view.account_name,
  };
}

async function removeSaved(
  state: CheckoutState,
  core: ElementCore,
  methodId: string,
  changed: () => void,
): Promise<void> {
  const path = `/v1/payment_pages/${encodeURIComponent(state.sessionId)}/remove`;
  const answer: Answer<{ session: CheckoutView }> = await postJsonToSandbox(state.client, path, {
    payment_method: methodId,
    client_secret: state.secret,
  });
  core.listeners.emit('savedpaymentmethodremove', {
    elementType: 'payment',
    success: answer.ok,
    ...(answer.ok ? {} : { error: answer.error.message }),
    payment_method: { id: methodId, type: 'card' },
  });
  if (!answer.ok) return;
  const loaded = Object.assign(state, { view: answer.body.session });
  core.offer(offerOf(loaded));
  changed();
}

function lacking(name: string): () => never {
  return () => {
    throw integrationError(`The sandbox has no ${name} Element.`);
  };
}

/** What a contact or address element collects goes into the session as the shopper types. */
function mirrorInto(state: CheckoutState, field: keyof Shopper, detail: object): void {
  if (!('value' in detail) || !('complete' in detail)) return;
  const value = detail.complete === true ? detail.value : null;
  const email = value !== null && field === 'email' ? (value as { email: string }).email : value;
  Object.assign(state.shopper, { [field]: email });
}

type Made = Map<string, { element: object; given: GivenOptions }>;
type Hooks = { load: () => Promise<Answer<LoadedState>>; changed: () => void };
type Wanted<K extends OfferedElement> = {
  type: K;
  /** One of each key. */
  key: string;
  given: GivenOptions;
  /** What the session learns from it. */
  mirror?: keyof Shopper;
};

function kindOf(type: OfferedElement): FrameSettings['kind'] {
  if (type === 'payment' || type === 'address') return type;
  return 'contact';
}

function createCheckoutElement<K extends OfferedElement>(
  state: CheckoutState,
  made: Made,
  { load, changed }: Hooks,
  { type, key, given, mirror }: Wanted<K>,
) {
  if (made.has(key)) throw integrationError(`Can only create one Element of type ${key}.`);
  const settings = (offer: PaymentOffer | null): FrameSettings => ({
    kind: kindOf(type),
    publishableKey: state.client.publishableKey,
    group: state.sessionId,
    options: readElementOptions(made.get(key)?.given ?? given, state.look),
    offer,
  });
  // Wrong options throw here and not at the first mount.
  settings(null);
  const core = createElementCore({
    client: state.client,
    type,
    load: async () => {
      const loaded = await load();
      return loaded.ok ? { ok: true, settings: settings(offerOf(loaded.body)) } : loaded;
    },
    onRemove: (methodId) => void removeSaved(state, core, methodId, changed),
    onChange: (detail) => {
      if (mirror !== undefined) mirrorInto(state, mirror, detail);
      changed();
    },
    onDestroy: () => {
      made.delete(key);
      if (type === 'payment') state.paymentCore = null;
    },
  });
  const element = makeElement(type, core, (options) => {
    const next = { ...(made.get(key)?.given ?? given), ...options };
    made.set(key, { element, given: next });
    core.update(readElementOptions(next, state.look));
  });
  made.set(key, { element, given });
  if (type === 'payment') state.paymentCore = core;
  return element;
}

/** The elements of Checkout: one of each, made before or after the session is loaded. */
export function checkoutElements(state: CheckoutState, hooks: Hooks): Elements {
  const made: Made = new Map();
  const create = <K extends OfferedElement>(
    type: K,
    key: string,
    given: GivenOptions,
    mirror?: keyof Shopper,
  ) =>
    createCheckoutElement(state, made, hooks, {
      type,
      key,
      given,
      ...(mirror === undefined ? {} : { mirror }),
    });
  const get = <T>(key: string): T | null => (made.get(key)?.element as T | undefined) ?? null;
  return {
    restyle() {
      for (const { element, given } of made.values()) {
        coreOf(element)?.update(readElementOptions(given, state.look));
      }
    },
    made: {
      createPaymentElement: (given = {}) => create('payment', 'payment', given),
      getPaymentElement: () => get('payment'),
      createBillingAddressElement: (given = {}) =>
        create('address', 'billingAddress', { ...given, mode: 'billing' }, 'billingAddress'),
      getBillingAddressElement: () => get('billingAddress'),
      createShippingAddressElement: (given = {}) =>
        create('address', 'shippingAddress', { ...given, mode: 'shipping' }, 'shippingAddress'),
      getShippingAddressElement: () => get('shippingAddress'),
      createContactDetailsElement: (given = {}) =>
        create('contactDetails', 'contactDetails', given, 'email'),
      getContactDetailsElement: () => get('contactDetails'),
      createExpressCheckoutElement: lacking('Express Checkout'),
      getExpressCheckoutElement: () => null,
      createCurrencySelectorElement: lacking('Currency Selector'),
      getCurrencySelectorElement: () => null,
      createTaxIdElement: lacking('Tax ID'),
      getTaxIdElement: () => null,
      createTermsElement: lacking('Terms'),
      getTermsElement: () => null,
      createLinkSignupElement: lacking('Link Signup'),
      getLinkSignupElement: () => null,
    },
  };
}
