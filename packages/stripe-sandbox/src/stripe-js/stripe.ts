import type { Stripe } from '@stripe/stripe-js';
import { checkPublishableKey } from './check-publishable-key.ts';
import { createEmbeddedCheckoutPage } from './create-embedded-checkout-page.ts';
import { integrationError } from './integration-error.ts';
import { retrievePaymentIntent, retrieveSetupIntent } from './retrieve-intent.ts';

/** What the stand-in offers of the real object; typed by the real one, so a wrong shape won't compile. */
type Offered = Pick<
  Stripe,
  'createEmbeddedCheckoutPage' | 'retrievePaymentIntent' | 'retrieveSetupIntent'
>;

/** The release train of `@stripe/stripe-js`; its loader warns when the script has another. */
const VERSION = 'endive';

function renamed(oldName: string, newName: string): () => never {
  return () => {
    throw integrationError(`stripe.${oldName}() was renamed. Use stripe.${newName}() instead.`);
  };
}

function stripeOf(origin: string) {
  // Called without `new` by the loader, with `new` by older pages: a plain function serves both.
  function Stripe(publishableKey: unknown) {
    checkPublishableKey(publishableKey);
    const client = { origin, publishableKey };
    const offered: Offered = {
      createEmbeddedCheckoutPage: createEmbeddedCheckoutPage(client),
      retrievePaymentIntent: retrievePaymentIntent(client),
      retrieveSetupIntent: retrieveSetupIntent(client),
    };
    return {
      ...offered,
      initEmbeddedCheckout: renamed('initEmbeddedCheckout', 'createEmbeddedCheckoutPage'),
      initCheckout: renamed('initCheckout', 'initCheckoutElementsSdk'),
      /** The loader tells Stripe which wrapper called; the sandbox has no use for it. */
      _registerWrapper() {},
    };
  }
  Stripe.version = VERSION;
  return Stripe;
}

// Only while a classic script runs does the document know which one it is.
const script = document.currentScript;
if (script instanceof HTMLScriptElement) {
  Object.assign(window, { Stripe: stripeOf(new URL(script.src).origin) });
}
