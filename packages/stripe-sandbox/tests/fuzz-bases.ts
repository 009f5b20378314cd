import type { Value } from './fuzz-values.ts';

type Hash = { [name: string]: Value };

const BACK = 'http://127.0.0.1:9/';
const money = { amount: '1099', currency: 'usd' };
const paying = { confirm: 'true', return_url: BACK, payment_method: 'pm_card_visa' };
const mandate_data = { customer_acceptance: { type: 'offline' } };
const billing_details = { name: 'Ada', email: 'ada@example.com' };
const sepa = { type: 'sepa_debit', sepa_debit: { iban: 'AT611904300234573201' }, billing_details };
const product_data = { name: 'A desk' };
const item = { price_data: { currency: 'usd', unit_amount: '1099', product_data }, quantity: '1' };

/** Requests that go well, for random parameters to be laid over: they get further than those alone. */
export function basesOf(endpoint: string, own: { customer: string; paid: string }): Hash[] {
  const { customer, paid } = own;
  const bases: { [endpoint: string]: Hash[] } = {
    'POST /v1/payment_intents': [
      money,
      { ...money, ...paying },
      { ...money, ...paying, capture_method: 'manual' },
      { ...money, ...paying, payment_method: 'pm_card_chargeCustomerFail' },
      { ...money, ...paying, payment_method: 'pm_card_threeDSecure2Required' },
      { ...money, ...paying, customer, setup_future_usage: 'off_session' },
      {
        ...money,
        currency: 'eur',
        confirm: 'true',
        return_url: BACK,
        allowed_payment_method_types: ['sepa_debit'],
        payment_method_data: sepa,
        mandate_data,
      },
    ],
    'POST /v1/payment_intents/:id/confirm': [
      { payment_method: 'pm_card_visa', return_url: BACK },
      { payment_method: 'pm_card_chargeCustomerFail', return_url: BACK },
      { payment_method: 'pm_card_threeDSecure2Required', return_url: BACK },
    ],
    'POST /v1/setup_intents': [
      { customer },
      { customer, ...paying },
      { ...paying, payment_method: 'pm_card_authenticationRequired' },
      { ...paying, payment_method: 'pm_card_visa_chargeDeclined' },
    ],
    'POST /v1/setup_intents/:id/confirm': [{ payment_method: 'pm_card_visa', return_url: BACK }],
    'POST /v1/payment_methods': [{ type: 'card', card: { token: 'tok_visa' } }, sepa],
    'POST /v1/payment_methods/:id/attach': [{ customer }],
    'POST /v1/checkout/sessions': [
      { mode: 'setup', currency: 'usd', success_url: BACK },
      { mode: 'setup', currency: 'usd', ui_mode: 'embedded_page', return_url: BACK, customer },
      { mode: 'payment', line_items: [item], success_url: BACK },
      { mode: 'payment', line_items: [item], ui_mode: 'elements', return_url: BACK },
    ],
    'POST /v1/payment_pages/:id/confirm': [
      { payment_method: 'pm_card_visa' },
      { payment_method: 'pm_card_visa_chargeDeclined' },
    ],
    'POST /v1/refunds': [{ payment_intent: paid }, { payment_intent: paid, amount: '1' }],
    'POST /v1/prices': [{ currency: 'usd', unit_amount: '1099', product_data }],
    'POST /v1/webhook_endpoints': [{ url: BACK, enabled_events: ['*'] }],
    'POST /v1/customer_sessions': [
      { customer, components: { payment_element: { enabled: 'true' } } },
    ],
    'POST /v1/billing_portal/sessions': [{ customer, return_url: BACK }],
  };
  if (endpoint.endsWith('/search')) {
    return ["email:'a'", "metadata['a']:'b'", 'created>1 AND amount<5', "name~'", '-', 'a:"\\'].map(
      (query) => ({ query }),
    );
  }
  return bases[endpoint] ?? [];
}
