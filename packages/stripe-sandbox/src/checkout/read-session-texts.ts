import type Stripe from 'stripe';
import { invalidRequest } from '../errors.ts';
import { hash, oneOf, requiredText, texts } from '../params.ts';
import type { Params } from '../params.ts';

/** `custom_text`: up to 1,200 characters in each of four places. */
export function readCustomText(params: Params): Stripe.Checkout.Session.CustomText {
  const given = hash(params, 'custom_text');
  const read = (name: string): { message: string } | null => {
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
    after_submit: read('after_submit'),
    shipping_address: read('shipping_address'),
    submit: read('submit'),
    terms_of_service_acceptance: read('terms_of_service_acceptance'),
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

/** The terms box needs terms in the account, and words for the box need the box (stripe.md 2.6). */
export function checkTerms(
  termsUrl: string | null,
  consent: Stripe.Checkout.Session.ConsentCollection | null,
  customText: Stripe.Checkout.Session.CustomText,
): void {
  const required = consent?.terms_of_service === 'required';
  if (required && termsUrl === null) {
    throw invalidRequest(
      'You cannot collect consent to your terms of service unless a URL is set in the Stripe Dashboard. Update your public business information in the Dashboard https://dashboard.stripe.com/settings/public with a Terms of service URL to collect terms of service consent.',
      { param: 'consent_collection[terms_of_service]' },
    );
  }
  if (!required && customText.terms_of_service_acceptance !== null) {
    throw invalidRequest(
      'You can only pass `custom_text[terms_of_service_acceptance]` when `consent_collection[terms_of_service]` is `required`.',
      { param: 'custom_text[terms_of_service_acceptance]' },
    );
  }
}

/** Which saved cards the page shows, and whether it has a save box. */
export function readSavedMethodOptions(
  params: Params,
): Stripe.Checkout.Session.SavedPaymentMethodOptions | null {
  const given = hash(params, 'saved_payment_method_options');
  if (given === undefined) return null;
  return {
    allow_redisplay_filters: texts(given, 'allow_redisplay_filters') ?? ['always'],
    payment_method_remove: oneOf(given, 'payment_method_remove', ['disabled', 'enabled']) ?? null,
    payment_method_save: oneOf(given, 'payment_method_save', ['disabled', 'enabled']) ?? null,
  };
}
