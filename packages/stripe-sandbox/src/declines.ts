import type { StripeErrorBody } from './errors.ts';

/** What a bank may say no with: the codes and words of Stripe's test mode (stripe.md 4.10, 7). */
export type DeclineName =
  | 'generic_decline'
  | 'insufficient_funds'
  | 'lost_card'
  | 'stolen_card'
  | 'expired_card'
  | 'incorrect_cvc'
  | 'processing_error'
  | 'card_velocity_exceeded'
  | 'fraudulent'
  | 'blocked'
  | 'test_mode_live_card'
  | 'authentication_required'
  | 'authentication_not_handled';

type Decline = Pick<
  StripeErrorBody,
  'code' | 'decline_code' | 'message' | 'param' | 'advice_code'
> & {
  message: string;
};

const DECLINED = 'Your card was declined.';

const DECLINES: { [name in DeclineName]: Decline } = {
  generic_decline: declined('generic_decline', DECLINED, 'try_again_later'),
  insufficient_funds: declined(
    'insufficient_funds',
    'Your card has insufficient funds.',
    'try_again_later',
  ),
  lost_card: declined('lost_card', DECLINED, 'do_not_try_again'),
  stolen_card: declined('stolen_card', DECLINED, 'do_not_try_again'),
  card_velocity_exceeded: declined(
    'card_velocity_exceeded',
    'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.',
  ),
  fraudulent: declined('fraudulent', DECLINED),
  blocked: declined('fraudulent', DECLINED),
  test_mode_live_card: declined(
    'test_mode_live_card',
    'Your card was declined. Your request was in test mode, but used a non test card. For a list of valid test cards, visit: https://stripe.com/docs/testing.',
  ),
  expired_card: {
    code: 'expired_card',
    decline_code: 'expired_card',
    message: 'Your card has expired.',
    param: 'exp_month',
    advice_code: 'confirm_card_data',
  },
  incorrect_cvc: {
    code: 'incorrect_cvc',
    decline_code: 'incorrect_cvc',
    message: "Your card's security code is incorrect.",
    param: 'cvc',
    advice_code: 'confirm_card_data',
  },
  processing_error: {
    code: 'processing_error',
    decline_code: 'processing_error',
    message: 'An error occurred while processing your card. Try again in a little bit.',
    advice_code: 'try_again_later',
  },
  authentication_required: {
    code: 'authentication_required',
    decline_code: 'authentication_required',
    message: 'Your card was declined. This transaction requires authentication.',
  },
  authentication_not_handled: {
    code: 'authentication_required',
    decline_code: 'authentication_not_handled',
    message:
      'This payment required an authentication action to complete, but `error_on_requires_action` was set.',
  },
};

function declined(decline_code: string, message: string, advice_code?: string): Decline {
  return {
    code: 'card_declined',
    decline_code,
    message,
    ...(advice_code === undefined ? {} : { advice_code }),
  };
}

/** The fields that an error, an intent's last error and a charge share about a decline. */
export function declineFields(name: DeclineName): Decline {
  return DECLINES[name];
}
