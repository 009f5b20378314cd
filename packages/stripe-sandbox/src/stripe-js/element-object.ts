import type {
  StripeAddressElement,
  StripeAuBankAccountElement,
  StripeCardCvcElement,
  StripeCardElement,
  StripeCardExpiryElement,
  StripeCardNumberElement,
  StripeContactDetailsElement,
  StripeElementBase,
  StripeIbanElement,
  StripeLinkAuthenticationElement,
  StripePaymentElement,
  StripeShippingAddressElement,
} from '@stripe/stripe-js';
import type { ElementCore } from './element-core.ts';

type AddressValue = Awaited<ReturnType<StripeAddressElement['getValue']>>;
type Handler = (event: never) => unknown;
type ElementMethods<T> = StripeElementBase & {
  on(name: string, handler: Handler): T;
  once(name: string, handler: Handler): T;
  off(name: string, handler?: Handler): T;
  /** The name that pages of 2019 use; Stripe.js still has it, its types do not. */
  addEventListener(name: string, handler: Handler): T;
  update(options: object): T;
  collapse(): T;
  getValue(): Promise<AddressValue>;
};

const cores = new WeakMap<object, ElementCore>();

/** The inside of an element that this script made; undefined for every other object. */
export function coreOf(element: unknown): ElementCore | undefined {
  return typeof element === 'object' && element !== null ? cores.get(element) : undefined;
}

function elementObject<T>(core: ElementCore, update: (options: object) => void): ElementMethods<T> {
  const chained = (act: () => void): T => {
    act();
    return methods as unknown as T;
  };
  const methods: ElementMethods<T> = {
    mount: (location) => core.mount(location),
    unmount: () => core.unmount(),
    destroy: () => core.destroy(),
    blur: () => core.tell('blur'),
    focus: () => core.tell('focus'),
    clear: () => core.tell('clear'),
    collapse: () => chained(() => core.tell('collapse')),
    update: (options) => chained(() => update(options)),
    on: (name, handler) => chained(() => core.listeners.on(name, handler)),
    once: (name, handler) => chained(() => core.listeners.once(name, handler)),
    off: (name, handler) => chained(() => core.listeners.off(name, handler)),
    addEventListener: (name, handler) => chained(() => core.listeners.on(name, handler)),
    getValue: async () => (await core.ask({ call: 'value' })) as AddressValue,
  };
  cores.set(methods, core);
  return methods;
}

type Update = (options: object) => void;

/** The elements that the sandbox has. Each is held against Stripe's own type when it is compiled. */
const FACTORIES = {
  payment: (core: ElementCore, update: Update): StripePaymentElement =>
    elementObject<StripePaymentElement>(core, update),
  card: (core: ElementCore, update: Update): StripeCardElement =>
    elementObject<StripeCardElement>(core, update),
  cardNumber: (core: ElementCore, update: Update): StripeCardNumberElement =>
    elementObject<StripeCardNumberElement>(core, update),
  cardExpiry: (core: ElementCore, update: Update): StripeCardExpiryElement =>
    elementObject<StripeCardExpiryElement>(core, update),
  cardCvc: (core: ElementCore, update: Update): StripeCardCvcElement =>
    elementObject<StripeCardCvcElement>(core, update),
  iban: (core: ElementCore, update: Update): StripeIbanElement =>
    elementObject<StripeIbanElement>(core, update),
  auBankAccount: (core: ElementCore, update: Update): StripeAuBankAccountElement =>
    elementObject<StripeAuBankAccountElement>(core, update),
  address: (core: ElementCore, update: Update): StripeAddressElement =>
    elementObject<StripeAddressElement>(core, update),
  shippingAddress: (core: ElementCore, update: Update): StripeShippingAddressElement =>
    elementObject<StripeShippingAddressElement>(core, update),
  linkAuthentication: (core: ElementCore, update: Update): StripeLinkAuthenticationElement =>
    elementObject<StripeLinkAuthenticationElement>(core, update),
  contactDetails: (core: ElementCore, update: Update): StripeContactDetailsElement =>
    elementObject<StripeContactDetailsElement>(core, update),
};

export type OfferedElement = keyof typeof FACTORIES;
/** One of them. Stripe's own union lacks the Link Authentication Element. */
export type MadeElement = ReturnType<(typeof FACTORIES)[OfferedElement]>;

export function isOfferedElement(type: string): type is OfferedElement {
  return Object.hasOwn(FACTORIES, type);
}

/** The object that a page gets for an element. `update` hears what the page changes later. */
export function makeElement<K extends OfferedElement>(
  type: K,
  core: ElementCore,
  update: Update,
): ReturnType<(typeof FACTORIES)[K]> {
  const factory = FACTORIES[type] as (core: ElementCore, update: Update) => MadeElement;
  return factory(core, update) as ReturnType<(typeof FACTORIES)[K]>;
}
