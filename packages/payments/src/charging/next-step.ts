import type { Instant, Row } from '@onfile/db/database.ts';
import type { NextStep } from '@onfile/db/payments.ts';

/** What happens to a payment next, as it is written on its row. */
export interface PlannedStep {
  nextStep: NextStep | null;
  nextStepReason: string | null;
  chargeAt: Instant | null;
  triesMade: number | null;
  triesAllowed: number | null;
}

const over: PlannedStep = {
  nextStep: null,
  nextStepReason: null,
  chargeAt: null,
  triesMade: null,
  triesAllowed: null,
};

function waitsFor(nextStep: 'shopper' | 'staff', nextStepReason: string): PlannedStep {
  return { ...over, nextStep, nextStepReason };
}

function chargedAt(chargeAt: Instant, nextStepReason: string): PlannedStep {
  return { ...over, nextStep: 'charge', nextStepReason, chargeAt };
}

/** What {@link nextStepOf} decides from. */
export interface PaymentFacts {
  payment: Row<'payments'>;
  /** Oldest first. */
  attempts: Row<'attempts'>[];
  /** Whether a payment with its method is disputed, and staff have not decided. */
  methodIsFrozen: boolean;
  now: Instant;
}

/**
 * The next step of a payment, from nothing but its facts, so that it can be found again at any time:
 * after an answer, a change by staff or by the shopper, or a crash.
 */
export function nextStepOf({ payment, attempts, methodIsFrozen, now }: PaymentFacts): PlannedStep {
  if (attempts.some(({ status }) => status === 'open')) return over;
  if (payment.status === 'requires_action') return waitsFor('shopper', 'authenticate');
  const isOwed = payment.status === 'scheduled' || payment.status === 'requires_payment_method';
  if (!isOwed) return over;
  if (payment.pausedAt !== null) return waitsFor('staff', 'paused');
  if (!payment.agreementId) return waitsFor('shopper', 'pay_order');
  if (!payment.paymentMethodId) return waitsFor('shopper', 'method_needed');
  if (methodIsFrozen) return waitsFor('staff', 'payment_method_frozen');
  const last = attempts.at(-1);
  if (last?.paymentMethodId !== payment.paymentMethodId) {
    return chargedAt(Math.max(now, payment.dueAt), 'due');
  }
  return waitsFor('shopper', 'declined');
}
