import type {
  Appearance,
  BillingDetailsFieldsOption,
  DefaultValuesOption,
  StripeElementStyle,
  TermsOption,
} from '@stripe/stripe-js';
import type { FrameLook, FrameOptions } from './element-messages.ts';
import { integrationError } from './integration-error.ts';

/** The options of all elements in one: each element reads those that it has. */
export type GivenOptions = {
  style?: StripeElementStyle;
  placeholder?: string;
  disabled?: boolean;
  readOnly?: boolean;
  hidePostalCode?: boolean;
  paymentMethodOrder?: string[];
  layout?: string | { type?: string; radios?: unknown };
  terms?: TermsOption;
  fields?: { billingDetails?: BillingDetailsFieldsOption } | object;
  defaultValues?: (DefaultValuesOption & { email?: string }) | object;
  mode?: string;
};

const THEMES: readonly string[] = ['stripe', 'night', 'flat'];

/** Theme and variables of the Appearance API; its `rules` are taken and have no effect here. */
export function readAppearance(appearance: Appearance | undefined): FrameLook {
  const theme = appearance?.theme ?? 'stripe';
  if (!THEMES.includes(theme)) {
    throw integrationError(
      `Invalid value for elements(): appearance.theme should be one of the following strings: ${THEMES.join(', ')}. You specified: ${theme}.`,
    );
  }
  return { theme, variables: textsOf(appearance?.variables ?? {}) };
}

function textsOf(values: object): { [name: string]: string } {
  const texts = Object.entries(values as { [name: string]: unknown }).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(texts);
}

/** A Card Element's `style`, in the words of the Appearance API. */
function readStyle(style: StripeElementStyle): { [name: string]: string } {
  const { base = {}, invalid = {} } = style;
  return textsOf({
    colorText: base.color,
    fontFamily: base.fontFamily,
    fontSizeBase: base.fontSize,
    fontLineHeight: base.lineHeight,
    colorIcon: base.iconColor,
    colorTextPlaceholder: base['::placeholder']?.color,
    colorDanger: invalid.color,
  });
}

/** The fields that the page collects by itself (`never`), by the names of billing details. */
export function readHiddenFields(fields: GivenOptions['fields']): string[] {
  const given = fields && 'billingDetails' in fields ? fields.billingDetails : undefined;
  if (given === undefined || given === 'auto') return [];
  if (given === 'never') return ['name', 'email', 'country', 'postal_code'];
  const { name, email, address } = given;
  const hidden = [name === 'never' ? 'name' : '', email === 'never' ? 'email' : ''];
  if (address === 'never') hidden.push('country', 'postal_code');
  else if (typeof address === 'object') {
    if (address.country === 'never') hidden.push('country');
    if (address.postalCode === 'never') hidden.push('postal_code');
  }
  return hidden.filter((field) => field !== '');
}

function readDefaults(given: GivenOptions['defaultValues']): { [field: string]: string } {
  if (given === undefined) return {};
  const { billingDetails, address, ...rest } = given as DefaultValuesOption & { address?: object };
  return textsOf({
    ...rest,
    ...address,
    ...billingDetails,
    ...billingDetails?.address,
  });
}

function readLayout(layout: GivenOptions['layout']): 'tabs' | 'accordion' {
  const type = typeof layout === 'string' ? layout : layout?.type;
  if (typeof layout === 'object' && typeof layout.radios === 'boolean') {
    throw integrationError(
      "Invalid value for elements.create('payment'): layout.radios should be one of the following strings: auto, never, always, if_multiple.",
    );
  }
  if (type !== undefined && !['tabs', 'accordion', 'auto'].includes(type)) {
    throw integrationError(
      `Invalid value for elements.create('payment'): layout should be one of the following strings: tabs, accordion, auto. You specified: ${type}.`,
    );
  }
  return type === 'accordion' ? 'accordion' : 'tabs';
}

/** What the frame must know of the options a page gave. Throws an IntegrationError for wrong ones. */
export function readElementOptions(given: GivenOptions, look: FrameLook): FrameOptions {
  const variables = { ...look.variables, ...(given.style ? readStyle(given.style) : {}) };
  const terms = Object.values(given.terms ?? {});
  return {
    look: { theme: look.theme, variables },
    layout: readLayout(given.layout),
    methodOrder: given.paymentMethodOrder ?? [],
    hiddenFields: readHiddenFields(given.fields),
    defaults: readDefaults(given.defaultValues),
    disabled: given.disabled ?? given.readOnly ?? false,
    hidePostalCode: given.hidePostalCode ?? false,
    terms: terms.length === 0 || terms.some((term) => term !== 'never'),
    ...(given.placeholder === undefined ? {} : { placeholder: given.placeholder }),
    ...(given.mode === 'billing' || given.mode === 'shipping' ? { addressMode: given.mode } : {}),
  };
}
