import type { PaymentLine } from '@onfile/db/views/payment-pages.ts';

/**
 * Whether the shopper can mend a payment on the page that the mail leads to: only they can go on, the bank
 * has said no and is to be asked again, or nobody tries any more.
 */
export function mayPayNow(
  payment: Pick<PaymentLine, 'agreementId' | 'nextStep' | 'status' | 'triesMade'>,
): boolean {
  if (payment.agreementId === null) return false;
  if (payment.nextStep === 'shopper' || payment.status === 'uncollectible') return true;
  return payment.nextStep === 'charge' && (payment.triesMade ?? 0) > 0;
}
