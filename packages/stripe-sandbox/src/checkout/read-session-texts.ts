import type Stripe from 'stripe';
import { invalidRequest } from '../errors.ts';
import { hash, oneOf, requiredText, texts } from '../params.ts';
import type { Params } from '../params.ts';
import { ALLOW_REDISPLAY } from '../resources/create-payment-method.ts';

/** `custom_text`: up to 1,200 characters in each of four places. */
export function readCustomText(params: Params): Stripe.Checkout.Session.CustomText {
  const given = hash(params, 'custom_text');
  const at = (name: string): { message: string } | null => {
    const place = given === undefined ? undefined : hash(given, name);
    if (place === undefined) return null;
    const message = requiredText(place, 'message');
    if (message.length > 1200) {
      throw invalidRequest('Custom text can be at most 1200 characters.', {
        param: `${place.at}[message]`,
      });
    }
    return { message };
  };
  return {
    after_submit: at('after_submit'),
    shipping_address: at('shipping_address'),
    submit: at('submit'),
    terms_of_service_acceptance: at('terms_of_service_acceptance'),
  };
}

/** `consent_collection`: the reuse sentence, promotions, and the terms box. */
export function readConsentCollection(
  params: Params,
): Stripe.Checkout.Session.ConsentCollection | null {
  const given = hash(params, 'consent_collection');
  if (given === undefined) return null;
  const reuse = hash(given, 'payment_method_reuse_agreement');
  return {
    payment_method_reuse_agreement:
      reuse === undefined
        ? null
        : { position: oneOf(reuse, 'position', ['auto', 'hidden']) ?? 'auto' },
    promotions: oneOf(given, 'promotions', ['auto', 'none']) ?? null,
    terms_of_service: oneOf(given, 'terms_of_service', ['none', 'required']) ?? null,
  };
}

/** Which saved cards the page shows, and whether it has a save box. */
export function readSavedMethodOptions(
  params: Params,
): Stripe.Checkout.Session.SavedPaymentMethodOptions | null {
  const given = hash(params, 'saved_payment_method_options');
  if (given === undefined) return null;
  const filters = texts(given, 'allow_redisplay_filters') ?? ['always'];
  const odd = filters.find((filter) => !ALLOW_REDISPLAY.some((value) => value === filter));
  if (odd !== undefined) {
    throw invalidRequest(
      'Invalid allow_redisplay_filters: must be one of always, limited, or unspecified',
      { param: 'saved_payment_method_options[allow_redisplay_filters]' },
    );
  }
  return {
    allow_redisplay_filters: filters,
    payment_method_remove: oneOf(given, 'payment_method_remove', ['disabled', 'enabled']) ?? null,
    payment_method_save: oneOf(given, 'payment_method_save', ['disabled', 'enabled']) ?? null,
  };
}
