import { dayInShop, daysToChoose } from '@onfile/payments/charging/reschedule-payment.ts';
import { staffActionsOn } from '@onfile/payments/charging/staff-actions.ts';
import { majorAmount } from '@onfile/payments/money.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';

type Owed = Parameters<typeof staffActionsOn>[0];

/**
 * What staff can decide about an amount that is owed, and what the fields of it start with.
 * @param triesSeen how often it was tried so far
 */
export function showDecisions(
  payment: Owed,
  runtime: Pick<Runtime, 'clock' | 'settings'>,
  triesSeen: number,
) {
  return {
    actions: staffActionsOn(payment, runtime.clock.now()),
    triesSeen,
    /** As it would be typed. */
    amount: majorAmount(payment.amountMinor, payment.currency),
    currency: payment.currency,
    /** The day on which it falls due, in the shop's calendar: `2027-06-30`. */
    day: dayInShop(runtime, payment.dueAt),
    days: daysToChoose(runtime),
  };
}

/** What happens to a payment next, for staff. */
export function showNextStep(payment: Owed) {
  return {
    status: payment.status,
    nextStep: payment.nextStep,
    nextStepReason: payment.nextStepReason,
    chargeAt: payment.chargeAt,
    triesMade: payment.triesMade,
    triesAllowed: payment.triesAllowed,
    dueAt: payment.dueAt,
  };
}
