import { storefront } from '../trpc.ts';
import { detachPaymentMethod } from './payment-methods/detach-payment-method.ts';
import { listPaymentMethods } from './payment-methods/list-payment-methods.ts';
import { listPayments } from './payments/list-payments.ts';
import { getResult } from './setup/get-result.ts';
import { getTerms } from './setup/get-terms.ts';
import { startSetup } from './setup/start-setup.ts';

const { t } = storefront;

/** Everything that a shopper's browser may ask for. */
export const storefrontRouter = t.router({
  setup: { getTerms, start: startSetup, getResult },
  paymentMethods: { list: listPaymentMethods, detach: detachPaymentMethod },
  payments: { list: listPayments },
});

export type StorefrontRouter = typeof storefrontRouter;

/** Calls procedures from the server's own code, without HTTP. */
export const createStorefrontCaller = t.createCallerFactory(storefrontRouter);
