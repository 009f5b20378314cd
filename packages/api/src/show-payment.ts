import type { PaymentLine } from '@onfile/db/views/payment-pages.ts';
import { formatAmount } from '@onfile/payments/money.ts';
import { nameMethod } from '@onfile/payments/payment-methods/name-method.ts';

/** What the newest attempt of a payment came to, for words on the page. */
export interface ChargeAnswer {
  outcome:
    | 'succeeded'
    | 'authorized'
    | 'processing'
    | 'authentication_required'
    | 'declined'
    | 'rejected'
    | 'canceled'
    | 'asking_stripe'
    | 'none';
  errorCode: string | null;
  declineCode: string | null;
  adviceCode: string | null;
}

function outcomeOf(payment: PaymentLine): ChargeAnswer['outcome'] {
  // The payment's own status is the truth; the attempt only explains what is not settled.
  if (payment.status === 'succeeded') return 'succeeded';
  if (payment.status === 'requires_capture') return 'authorized';
  if (payment.status === 'canceled' || payment.status === 'processing') return payment.status;
  const attempt = payment.lastAttempt;
  if (!attempt) return 'none';
  switch (attempt.status) {
    case 'open':
      return 'asking_stripe';
    case 'requires_action':
      return 'authentication_required';
    case 'declined':
      return attempt.errorCode === 'authentication_required'
        ? 'authentication_required'
        : 'declined';
    default:
      return attempt.status;
  }
}

/** A payment as staff see it in lists. */
export function showPayment(payment: PaymentLine) {
  const answer: ChargeAnswer = {
    outcome: outcomeOf(payment),
    errorCode: payment.lastAttempt?.errorCode ?? null,
    declineCode: payment.lastAttempt?.declineCode ?? null,
    adviceCode: payment.lastAttempt?.adviceCode ?? null,
  };
  return {
    id: payment.id,
    amountText: formatAmount(payment.amountMinor, payment.currency),
    amountMinor: payment.amountMinor,
    currency: payment.currency,
    reason: payment.reason,
    status: payment.status,
    createdAt: payment.createdAt,
    /** Of held funds: when the bank lets them go. */
    captureBefore: payment.captureBefore,
    customerId: payment.customerId,
    customerEmail: payment.customerEmail,
    methodText: payment.paymentMethodId ? nameMethod(payment) : null,
    answer,
  };
}
