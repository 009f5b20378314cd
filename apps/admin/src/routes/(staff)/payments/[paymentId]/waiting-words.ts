import { m } from '@onfile/messages/messages.js';
import { nextTryWords } from '@onfile/messages/next-try-words.ts';

/** Reasons of our own; every other one is a bank's code. */
const own: Record<string, () => string> = {
  authenticate: m.admin_next_authenticate,
  pay_order: m.admin_next_pay_order,
  method_needed: m.admin_next_method_needed,
  paused: m.admin_next_paused,
  rejected: m.admin_next_rejected,
  agreement_not_active: m.admin_next_agreement_ended,
  agreement_expired: m.admin_next_agreement_ended,
  agreement_covers_other_purpose: m.admin_next_agreement_ended,
  agreement_does_not_name_method: m.admin_next_method_needed,
  agreement_cap_exceeded: m.admin_next_cap_exceeded,
  agreement_currency_differs: m.admin_next_agreement_ended,
  payment_method_detached: m.admin_next_method_needed,
  payment_method_frozen: m.admin_next_frozen,
  mandate_inactive: m.admin_next_mandate_ended,
};

/** For whom a payment waits, and why: a bank's no in its own words. */
export function waitingWords(payment: {
  nextStep: string | null;
  nextStepReason: string | null;
}): string {
  const reason = payment.nextStepReason ?? '';
  const words = Object.hasOwn(own, reason) ? own[reason] : undefined;
  if (words) return words();
  return nextTryWords({ kind: 'wait_for_shopper', reason });
}
