import type { Stripe } from '@stripe/stripe-js';
import { initCheckoutElementsSdk } from './checkout-sdk/init-checkout-elements-sdk.ts';
import { checkPublishableKey } from './check-publishable-key.ts';
import { confirmPaymentByType, confirmSetupByType } from './confirm-by-type.ts';
import { confirmPayment, confirmSetup } from './confirm-with-elements.ts';
import { createConfirmationToken } from './create-confirmation-token.ts';
import { createElements } from './create-elements.ts';
import { createEmbeddedCheckoutPage } from './create-embedded-checkout-page.ts';
import { createPaymentMethod } from './create-payment-method.ts';
import { handleCardAction, handleNextAction } from './handle-next-action.ts';
import { integrationError } from './integration-error.ts';
import { refusedCalls } from './missing-calls.ts';
import type { MISSING_CALLS } from './missing-calls.ts';
import { retrievePaymentIntent, retrieveSetupIntent } from './retrieve-intent.ts';
import type { SandboxClient } from './sandbox-client.ts';
import {
  verifyMicrodepositsForPayment,
  verifyMicrodepositsForSetup,
} from './verify-microdeposits.ts';

/** The whole real object but for the list of what is missing: a wrong shape won't compile. */
type Offered = Omit<Stripe, (typeof MISSING_CALLS)[number]>;

/** The release train of `@stripe/stripe-js`; its loader warns when the script has another. */
const VERSION = 'endive';

function offeredCalls(client: SandboxClient): Offered {
  const payment = (type: string, name: string) => confirmPaymentByType(client, type, name);
  const setup = (type: string, name: string) => confirmSetupByType(client, type, name);
  return {
    elements: createElements(client),
    createEmbeddedCheckoutPage: createEmbeddedCheckoutPage(client),
    initCheckoutElementsSdk: initCheckoutElementsSdk(client),
    initCheckoutFormSdk() {
      // A private preview at Stripe too (stripe.md 1.3).
      throw integrationError(
        'You must create a Checkout Session with ui_mode="form" to use initCheckoutFormSdk. The sandbox does not have that preview.',
      );
    },
    confirmPayment: confirmPayment(client),
    confirmSetup: confirmSetup(client),
    confirmCardPayment: payment('card', 'confirmCardPayment'),
    confirmCardSetup: setup('card', 'confirmCardSetup'),
    confirmSepaDebitPayment: payment('sepa_debit', 'confirmSepaDebitPayment'),
    confirmSepaDebitSetup: setup('sepa_debit', 'confirmSepaDebitSetup'),
    confirmAuBecsDebitPayment: payment('au_becs_debit', 'confirmAuBecsDebitPayment'),
    confirmAuBecsDebitSetup: setup('au_becs_debit', 'confirmAuBecsDebitSetup'),
    confirmUsBankAccountPayment: payment('us_bank_account', 'confirmUsBankAccountPayment'),
    confirmUsBankAccountSetup: setup('us_bank_account', 'confirmUsBankAccountSetup'),
    confirmIdealPayment: payment('ideal', 'confirmIdealPayment'),
    confirmIdealSetup: setup('ideal', 'confirmIdealSetup'),
    confirmBancontactPayment: payment('bancontact', 'confirmBancontactPayment'),
    confirmBancontactSetup: setup('bancontact', 'confirmBancontactSetup'),
    confirmEpsPayment: payment('eps', 'confirmEpsPayment'),
    confirmP24Payment: payment('p24', 'confirmP24Payment'),
    confirmAlipayPayment: payment('alipay', 'confirmAlipayPayment'),
    handleCardAction: handleCardAction(client),
    handleNextAction: handleNextAction(client),
    createPaymentMethod: createPaymentMethod(client),
    createConfirmationToken: createConfirmationToken(client),
    retrievePaymentIntent: retrievePaymentIntent(client),
    retrieveSetupIntent: retrieveSetupIntent(client),
    verifyMicrodepositsForPayment: verifyMicrodepositsForPayment(client),
    verifyMicrodepositsForSetup: verifyMicrodepositsForSetup(client),
    // Stripe counts which libraries call it; the sandbox has no use for that.
    registerAppInfo: () => undefined,
  };
}

function stripeOf(origin: string) {
  // Called without `new` by the loader, with `new` by older pages: a plain function serves both.
  function Stripe(publishableKey: unknown) {
    checkPublishableKey(publishableKey);
    return {
      ...refusedCalls(),
      ...offeredCalls({ origin, publishableKey }),
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
