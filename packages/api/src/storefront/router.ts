import { storefront } from '../trpc.ts';
import { addMethod } from './agreements/add-method.ts';
import { listAgreements } from './agreements/list-agreements.ts';
import { withdrawAgreement } from './agreements/withdraw-agreement.ts';
import { getStanding } from './shop/get-standing.ts';
import { getProduct } from './catalogue/get-product.ts';
import { listProducts } from './catalogue/list-products.ts';
import { getResult as getCheckoutResult } from './checkout/get-result.ts';
import { look } from './checkout/look.ts';
import { openCheckout } from './checkout/open-checkout.ts';
import { payWithSaved } from './checkout/pay-with-saved.ts';
import { startCheckout } from './checkout/start-checkout.ts';
import { startIntent } from './checkout/start-intent.ts';
import { detachPaymentMethod } from './payment-methods/detach-payment-method.ts';
import { getRemoval } from './payment-methods/get-removal.ts';
import { listPaymentMethods } from './payment-methods/list-payment-methods.ts';
import { renamePaymentMethod } from './payment-methods/rename-payment-method.ts';
import { setDefaultPaymentMethod } from './payment-methods/set-default-payment-method.ts';
import { updatePaymentMethod } from './payment-methods/update-payment-method.ts';
import { listPayments } from './payments/list-payments.ts';
import { listNotices } from './notices/list-notices.ts';
import { openPortal } from './portal/open-portal.ts';
import { claimOrder } from './identity/claim-order.ts';
import { getIdentity } from './identity/get-identity.ts';
import { startGuest } from './identity/start-guest.ts';
import { cancelOrder } from './orders/cancel-order.ts';
import { getOrder } from './orders/get-order.ts';
import { listOrders } from './orders/list-orders.ts';
import { placeOrder } from './orders/place-order.ts';
import { chooseSaved } from './recovery/choose-saved.ts';
import { getRecovery } from './recovery/get-recovery.ts';
import { linkOwn } from './recovery/link-own.ts';
import { noteOpened } from './recovery/note-opened.ts';
import { settleSession } from './recovery/settle-session.ts';
import { startSameIntent } from './recovery/start-same-intent.ts';
import { startSession } from './recovery/start-session.ts';
import { getResult } from './setup/get-result.ts';
import { getTerms } from './setup/get-terms.ts';
import { listPending } from './setup/list-pending.ts';
import { startSetup } from './setup/start-setup.ts';

const { t } = storefront;

/** Everything that a shopper's browser may ask for. */
export const storefrontRouter = t.router({
  setup: { getTerms, start: startSetup, getResult, listPending },
  portal: { open: openPortal },
  paymentMethods: {
    list: listPaymentMethods,
    rename: renamePaymentMethod,
    setDefault: setDefaultPaymentMethod,
    update: updatePaymentMethod,
    getRemoval,
    detach: detachPaymentMethod,
  },
  identity: { get: getIdentity, startGuest, claimOrder },
  agreements: { list: listAgreements, addMethod, withdraw: withdrawAgreement },
  payments: { list: listPayments },
  notices: { list: listNotices },
  shop: { getStanding },
  catalogue: { list: listProducts, get: getProduct },
  orders: { place: placeOrder, list: listOrders, get: getOrder, cancel: cancelOrder },
  recovery: {
    get: getRecovery,
    noteOpened,
    startSameIntent,
    startSession,
    settleSession,
    chooseSaved,
    linkOwn,
  },
  checkout: {
    open: openCheckout,
    start: startCheckout,
    startIntent,
    payWithSaved,
    look,
    getResult: getCheckoutResult,
  },
});

export type StorefrontRouter = typeof storefrontRouter;

/** Calls procedures from the server's own code, without HTTP. */
export const createStorefrontCaller = t.createCallerFactory(storefrontRouter);
