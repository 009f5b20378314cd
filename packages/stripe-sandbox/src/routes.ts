import { PAYMENT_PAGE_ENDPOINTS } from './checkout/payment-page-endpoints.ts';
import { SESSION_ENDPOINTS } from './checkout/session-endpoints.ts';
import { ELEMENTS_ENDPOINTS } from './element-frames/elements-endpoints.ts';
import type { Endpoint } from './endpoint.ts';
import { ACCOUNT_ENDPOINTS } from './resources/account.ts';
import { COUPON_ENDPOINTS } from './resources/billing/coupons.ts';
import { SUBSCRIPTION_ENDPOINTS } from './resources/billing/subscriptions.ts';
import { CHARGE_ENDPOINTS } from './resources/charges.ts';
import { CUSTOMER_SESSION_ENDPOINTS } from './resources/customer-sessions.ts';
import { CUSTOMER_ENDPOINTS } from './resources/customers.ts';
import { EVENT_ENDPOINTS } from './resources/events.ts';
import { PAYMENT_INTENT_ENDPOINTS } from './resources/payment-intents.ts';
import { PAYMENT_METHOD_CONFIGURATION_ENDPOINTS } from './resources/payment-method-configurations.ts';
import { PAYMENT_METHOD_ENDPOINTS } from './resources/payment-methods.ts';
import { PORTAL_SESSION_ENDPOINTS } from './resources/portal-sessions.ts';
import { PRICE_ENDPOINTS } from './resources/prices.ts';
import { PRODUCT_ENDPOINTS } from './resources/products.ts';
import { REFUND_ENDPOINTS } from './resources/refunds.ts';
import { SETUP_INTENT_ENDPOINTS } from './resources/setup-intents.ts';
import { BALANCE_TRANSACTION_ENDPOINTS } from './resources/balance-transactions.ts';
import { CONFIRMATION_TOKEN_ENDPOINTS } from './resources/confirmation-tokens.ts';
import { DISPUTE_ENDPOINTS } from './resources/disputes/dispute-endpoints.ts';
import { FILE_ENDPOINTS } from './resources/files.ts';
import { MANDATE_ENDPOINTS } from './resources/mandates.ts';
import { SETUP_ATTEMPT_ENDPOINTS } from './resources/setup-attempts.ts';
import { MICRODEPOSIT_ENDPOINTS } from './resources/verify-microdeposits.ts';
import { WEBHOOK_ENDPOINT_ENDPOINTS } from './resources/webhook-endpoints.ts';
import { SEARCH_ENDPOINTS } from './search/search-endpoints.ts';
import { V2_ACCOUNT_ENDPOINTS } from './v2/accounts.ts';

/** Every API call the sandbox answers; all others get "Unrecognized request URL". */
export const ENDPOINTS: readonly Endpoint[] = [
  ...SEARCH_ENDPOINTS,
  ...ACCOUNT_ENDPOINTS,
  ...CUSTOMER_ENDPOINTS,
  ...CUSTOMER_SESSION_ENDPOINTS,
  ...PORTAL_SESSION_ENDPOINTS,
  ...PAYMENT_METHOD_CONFIGURATION_ENDPOINTS,
  ...PAYMENT_METHOD_ENDPOINTS,
  ...SETUP_INTENT_ENDPOINTS,
  ...PAYMENT_INTENT_ENDPOINTS,
  ...CHARGE_ENDPOINTS,
  ...REFUND_ENDPOINTS,
  ...MICRODEPOSIT_ENDPOINTS,
  ...SETUP_ATTEMPT_ENDPOINTS,
  ...MANDATE_ENDPOINTS,
  ...FILE_ENDPOINTS,
  ...DISPUTE_ENDPOINTS,
  ...CONFIRMATION_TOKEN_ENDPOINTS,
  ...BALANCE_TRANSACTION_ENDPOINTS,
  ...PRODUCT_ENDPOINTS,
  ...PRICE_ENDPOINTS,
  ...COUPON_ENDPOINTS,
  ...SUBSCRIPTION_ENDPOINTS,
  ...SESSION_ENDPOINTS,
  ...PAYMENT_PAGE_ENDPOINTS,
  ...ELEMENTS_ENDPOINTS,
  ...EVENT_ENDPOINTS,
  ...WEBHOOK_ENDPOINT_ENDPOINTS,
  ...V2_ACCOUNT_ENDPOINTS,
];
