import { PAYMENT_PAGE_ENDPOINTS } from './checkout/payment-page-endpoints.ts';
import { SESSION_ENDPOINTS } from './checkout/session-endpoints.ts';
import type { Endpoint } from './endpoint.ts';
import { ACCOUNT_ENDPOINTS } from './resources/account.ts';
import { CHARGE_ENDPOINTS } from './resources/charges.ts';
import { CUSTOMER_ENDPOINTS } from './resources/customers.ts';
import { EVENT_ENDPOINTS } from './resources/events.ts';
import { PAYMENT_INTENT_ENDPOINTS } from './resources/payment-intents.ts';
import { PAYMENT_METHOD_ENDPOINTS } from './resources/payment-methods.ts';
import { REFUND_ENDPOINTS } from './resources/refunds.ts';
import { SETUP_INTENT_ENDPOINTS } from './resources/setup-intents.ts';
import { WEBHOOK_ENDPOINT_ENDPOINTS } from './resources/webhook-endpoints.ts';

/** Every API call the sandbox answers; all others get "Unrecognized request URL". */
export const ENDPOINTS: readonly Endpoint[] = [
  ...ACCOUNT_ENDPOINTS,
  ...CUSTOMER_ENDPOINTS,
  ...PAYMENT_METHOD_ENDPOINTS,
  ...SETUP_INTENT_ENDPOINTS,
  ...PAYMENT_INTENT_ENDPOINTS,
  ...CHARGE_ENDPOINTS,
  ...REFUND_ENDPOINTS,
  ...SESSION_ENDPOINTS,
  ...PAYMENT_PAGE_ENDPOINTS,
  ...EVENT_ENDPOINTS,
  ...WEBHOOK_ENDPOINT_ENDPOINTS,
];
