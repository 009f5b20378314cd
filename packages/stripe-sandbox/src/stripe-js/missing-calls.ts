import type { Stripe } from '@stripe/stripe-js';
import { integrationError } from './integration-error.ts';

/**
 * What the real object has and the stand-in has not: payment methods that the sandbox has no bank
 * for, tokens, Financial Connections, Identity, Orders, wallets, and other products' calls. Each
 * throws a sentence that says so.
 */
export const MISSING_CALLS = [
  'collectBankAccountForPayment',
  'collectBankAccountForSetup',
  'collectBankAccountToken',
  'collectFinancialConnectionsAccounts',
  'confirmAcssDebitPayment',
  'confirmAcssDebitSetup',
  'confirmAffirmPayment',
  'confirmAfterpayClearpayPayment',
  'confirmAmazonPaySetup',
  'confirmBacsDebitSetup',
  'confirmBilliePayment',
  'confirmBlikPayment',
  'confirmBlikSetup',
  'confirmBoletoPayment',
  'confirmCashappPayment',
  'confirmCashappSetup',
  'confirmCustomerBalancePayment',
  'confirmFpxPayment',
  'confirmGiropayPayment',
  'confirmGrabPayPayment',
  'confirmKlarnaPayment',
  'confirmKonbiniPayment',
  'confirmMobilepayPayment',
  'confirmMultibancoPayment',
  'confirmOxxoPayment',
  'confirmPayByBankPayment',
  'confirmPayNowPayment',
  'confirmPayPalPayment',
  'confirmPayPalSetup',
  'confirmPixPayment',
  'confirmPromptPayPayment',
  'confirmSofortPayment',
  'confirmSofortSetup',
  'confirmTwintPayment',
  'confirmWechatPayPayment',
  'createEphemeralKeyNonce',
  'createRadarSession',
  'createToken',
  'initializePricing',
  'paymentRequest',
  'processOrder',
  'retrieveOrder',
  'verifyIdentity',
] as const satisfies readonly (keyof Stripe)[];

/** Names that Stripe.js itself no longer has (stripe.md 1.2), with what took their place. */
const OLD_NAMES = {
  initEmbeddedCheckout: 'stripe.createEmbeddedCheckoutPage()',
  initCheckout: 'stripe.initCheckoutElementsSdk()',
  redirectToCheckout: 'a redirect to the URL of the Checkout Session',
  handleCardPayment: 'stripe.confirmCardPayment()',
  handleCardSetup: 'stripe.confirmCardSetup()',
  confirmPaymentIntent: 'stripe.confirmPayment()',
  confirmSetupIntent: 'stripe.confirmSetup()',
  createSource: 'stripe.createPaymentMethod()',
  retrieveSource: 'stripe.retrievePaymentIntent()',
};

/** One function for each call that is missing or gone; it throws an IntegrationError. */
export function refusedCalls(): { [name: string]: () => never } {
  const missing = MISSING_CALLS.map((name) => [
    name,
    refuse(`The sandbox has no stripe.${name}(). Try it against Stripe's test mode.`),
  ]);
  const old = Object.entries(OLD_NAMES).map(([name, instead]) => [
    name,
    refuse(`stripe.${name}() is no longer available. Use ${instead} instead.`),
  ]);
  return Object.fromEntries([...missing, ...old]) as { [name: string]: () => never };
}

function refuse(sentence: string): () => never {
  return () => {
    throw integrationError(sentence);
  };
}
