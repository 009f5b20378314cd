import type { StripeErrorBody } from './errors.ts';

/** What an error, an intent's last error and a charge share about a decline. */
export type Decline = Pick<
  StripeErrorBody,
  | 'code'
  | 'decline_code'
  | 'message'
  | 'param'
  | 'advice_code'
  | 'network_advice_code'
  | 'network_decline_code'
> & { message: string };

/** Codes that a bank sends beside its no; an `advice_code` of null takes the decline's own away. */
export type DeclineCodes = {
  advice_code?: string | null;
  network_advice_code?: string;
  network_decline_code?: string;
};

const DECLINED = 'Your card was declined.';
const UNSUPPORTED = 'Your card does not support this type of purchase.';

/**
 * Declines with `code` card_declined, by their decline_code: what the shopper reads, and Stripe's advice
 * where test mode gives one (stripe.md 7).
 */
const CARD_DECLINED = {
  generic_decline: [DECLINED, 'try_again_later'],
  insufficient_funds: ['Your card has insufficient funds.', 'try_again_later'],
  lost_card: [DECLINED, 'do_not_try_again'],
  stolen_card: [DECLINED, 'do_not_try_again'],
  fraudulent: [DECLINED],
  merchant_blacklist: [DECLINED],
  pickup_card: [DECLINED, 'do_not_try_again'],
  restricted_card: [DECLINED, 'do_not_try_again'],
  card_velocity_exceeded: [
    'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.',
  ],
  withdrawal_count_limit_exceeded: [
    'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.',
  ],
  test_mode_live_card: [
    'Your card was declined. Your request was in test mode, but used a non test card. For a list of valid test cards, visit: https://stripe.com/docs/testing.',
  ],
  testmode_decline: [
    'Your card was declined. Your request was in live mode, but used a known test card.',
  ],
  // Soft: a later try may succeed
  issuer_not_available: [DECLINED, 'try_again_later'],
  reenter_transaction: [DECLINED, 'try_again_later'],
  approve_with_id: [DECLINED, 'try_again_later'],
  try_again_later: [DECLINED, 'try_again_later'],
  // Another card is needed
  pin_try_exceeded: [DECLINED, 'do_not_try_again'],
  card_not_supported: [UNSUPPORTED],
  currency_not_supported: ['Your card does not support the currency of this purchase.'],
  // For the card's holder and their bank to sort out
  do_not_honor: [DECLINED],
  call_issuer: [DECLINED],
  no_action_taken: [DECLINED],
  not_permitted: [DECLINED],
  service_not_allowed: [DECLINED],
  security_violation: [DECLINED],
  transaction_not_allowed: [UNSUPPORTED],
  invalid_amount: [DECLINED],
  invalid_account: [DECLINED, 'confirm_card_data'],
  new_account_information_available: [DECLINED, 'confirm_card_data'],
  incorrect_zip: ["Your card's postal code is incorrect.", 'confirm_card_data'],
  incorrect_address: ["Your card's address is incorrect.", 'confirm_card_data'],
  duplicate_transaction: [
    'A transaction with identical amount and credit card information was submitted very recently.',
  ],
  // The shopper took their consent back
  revocation_of_authorization: [DECLINED, 'do_not_try_again'],
  revocation_of_all_authorizations: [DECLINED, 'do_not_try_again'],
  stop_payment_order: [DECLINED, 'do_not_try_again'],
  do_not_try_again: [DECLINED, 'do_not_try_again'],
} as const satisfies { [decline_code: string]: readonly [message: string, advice?: string] };

/** Declines with a `code` of their own, which is also the decline_code unless another stands there. */
const OWN_CODE = {
  expired_card: {
    message: 'Your card has expired.',
    param: 'exp_month',
    advice_code: 'confirm_card_data',
  },
  incorrect_cvc: {
    message: "Your card's security code is incorrect.",
    param: 'cvc',
    advice_code: 'confirm_card_data',
  },
  invalid_cvc: {
    message: "Your card's security code is invalid.",
    param: 'cvc',
    advice_code: 'confirm_card_data',
  },
  incorrect_number: {
    message: 'Your card number is incorrect.',
    param: 'number',
    advice_code: 'confirm_card_data',
  },
  invalid_number: {
    message: 'Your card number is not a valid credit card number.',
    param: 'number',
    advice_code: 'confirm_card_data',
  },
  invalid_expiry_month: {
    message: "Your card's expiration month is invalid.",
    param: 'exp_month',
    advice_code: 'confirm_card_data',
  },
  invalid_expiry_year: {
    message: "Your card's expiration year is invalid.",
    param: 'exp_year',
    advice_code: 'confirm_card_data',
  },
  processing_error: {
    message: 'An error occurred while processing your card. Try again in a little bit.',
    advice_code: 'try_again_later',
  },
  authentication_required: {
    message: 'Your card was declined. This transaction requires authentication.',
  },
} as const satisfies { [code: string]: Decline };

/** Names of ours for what has no decline_code of its own. */
const SPECIAL = {
  blocked: { code: 'card_declined', decline_code: 'fraudulent', message: DECLINED },
  authentication_not_handled: {
    code: 'authentication_required',
    decline_code: 'authentication_not_handled',
    message:
      'This payment required an authentication action to complete, but `error_on_requires_action` was set.',
  },
  previously_declined_do_not_retry: {
    code: 'card_declined',
    decline_code: 'generic_decline',
    message: DECLINED,
    advice_code: 'do_not_try_again',
  },
} as const satisfies { [name: string]: Decline };

/** What a bank may say no with: the codes and words of Stripe's test mode (stripe.md 4.10, 7). */
export type DeclineName = keyof typeof CARD_DECLINED | keyof typeof OWN_CODE | keyof typeof SPECIAL;

const DECLINES = Object.fromEntries([
  ...Object.entries(CARD_DECLINED).map(([name, [message, advice]]) => [
    name,
    {
      code: 'card_declined',
      decline_code: name,
      message,
      ...(advice === undefined ? {} : { advice_code: advice }),
    },
  ]),
  ...Object.entries(OWN_CODE).map(([name, own]) => [
    name,
    { code: name, decline_code: name, ...own },
  ]),
  ...Object.entries(SPECIAL),
]) as { [name in DeclineName]: Decline };

/** Every name, for those who plan a bank's answers. */
export const DECLINE_NAMES = Object.keys(DECLINES) as DeclineName[];

/** The fields that an error, an intent's last error and a charge share about a decline. */
export function declineFields(name: DeclineName, codes: DeclineCodes = {}): Decline {
  const { advice_code: ownAdvice, ...own } = DECLINES[name];
  const { advice_code: givenAdvice, ...given } = codes;
  const advice = givenAdvice === undefined ? ownAdvice : givenAdvice;
  return { ...own, ...given, ...(typeof advice === 'string' ? { advice_code: advice } : {}) };
}
