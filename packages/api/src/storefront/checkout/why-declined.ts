import { m } from '@onfile/messages/messages.js';
import type { Decline } from '@onfile/payments/stripe/charge-outcome.ts';

/**
 * Why a payment that the shopper made just now did not go through, and what to do next, in plain
 * words. What points at fraud, theft or loss is told as any other no (Stripe's documentation of
 * decline codes).
 */
export function whyDeclined(decline: Pick<Decline, 'code' | 'declineCode'>): string {
  switch (decline.declineCode ?? decline.code) {
    case 'authentication_required':
    case 'authentication_not_handled':
    case 'payment_intent_authentication_failure':
      return m.storefront_declined_authentication();
    case 'insufficient_funds':
      return m.storefront_declined_funds();
    case 'expired_card':
      return m.storefront_declined_expired();
    case 'incorrect_cvc':
    case 'invalid_cvc':
    case 'incorrect_number':
    case 'invalid_number':
    case 'incorrect_zip':
    case 'incorrect_address':
    case 'invalid_expiry_month':
    case 'invalid_expiry_year':
      return m.storefront_declined_data();
    case 'processing_error':
    case 'issuer_not_available':
    case 'reenter_transaction':
    case 'try_again_later':
      return m.storefront_declined_later();
    case 'payment_intent_payment_attempt_failed':
    case 'account_closed':
    case 'no_account':
    case 'debit_not_authorized':
      return m.storefront_declined_debit();
    default:
      return m.storefront_declined_other();
  }
}
