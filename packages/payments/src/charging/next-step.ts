import type { Instant, Row } from '@onfile/db/database.ts';
import type { NextStep } from '@onfile/db/payments.ts';
import { decideAfterDecline } from '../dunning/decline-policy.ts';
import { planNextTry } from '../dunning/dunning-schedule.ts';
import type { RefusalCode } from '../refusal.ts';

/** What happens to a payment next, as it is written on its row. */
export interface PlannedStep {
  nextStep: NextStep | null;
  nextStepReason: string | null;
  chargeAt: Instant | null;
  triesMade: number | null;
  triesAllowed: number | null;
  /** Whether our plan has no try left: then the payment is given up. */
  isExhausted: boolean;
}

const over: PlannedStep = {
  nextStep: null,
  nextStepReason: null,
  chargeAt: null,
  triesMade: null,
  triesAllowed: null,
  isExhausted: false,
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
  /** The method that is on file for it. */
  method: Row<'paymentMethods'> | null;
  /** What keeps it from being charged while the shopper is away. */
  obstacle: RefusalCode | null;
  timeZone: string;
  now: Instant;
}

/** Obstacles that staff have put there, or have to decide about. */
const staffObstacles: RefusalCode[] = [
  'agreement_cap_exceeded',
  'agreement_currency_differs',
  'payment_method_frozen',
];

/**
 * The next step of a payment, from nothing but its facts, so that it can be found again at any time:
 * after an answer, a change by staff or by the shopper, or a crash.
 */
export function nextStepOf(facts: PaymentFacts): PlannedStep {
  const { payment, attempts, method, obstacle, now } = facts;
  if (attempts.some(({ status }) => status === 'open')) return over;
  if (payment.status === 'requires_action') return waitsFor('shopper', 'authenticate');
  const isOwed = payment.status === 'scheduled' || payment.status === 'requires_payment_method';
  if (!isOwed) return over;
  if (payment.pausedAt !== null) return waitsFor('staff', 'paused');
  if (!payment.agreementId) return waitsFor('shopper', 'pay_order');
  if (!method) return waitsFor('shopper', 'method_needed');
  if (obstacle) {
    return waitsFor(staffObstacles.includes(obstacle) ? 'staff' : 'shopper', obstacle);
  }
  const last = attempts.at(-1);
  if (!last || (last.paymentMethodId !== method.id && !isRefusedForGood(last, method))) {
    return chargedAt(Math.max(now, payment.dueAt), last ? 'method_changed' : 'due');
  }
  return afterTry({ ...facts, method }, last);
}

function afterTry(
  facts: PaymentFacts & { method: Row<'paymentMethods'> },
  last: Row<'attempts'>,
): PlannedStep {
  const { method, now } = facts;
  if (last.status === 'rejected') return waitsFor('staff', 'rejected');
  if (last.status === 'requires_action') return waitsFor('shopper', 'authenticate');
  const decision = decisionOf(last, method);
  const isNewCard = method.bankUpdatedAt !== null && method.bankUpdatedAt > last.startedAt;
  if (isNewCard && method.type === 'card') return chargedAt(now, 'card_updated');
  const plan = planNextTry({
    decision,
    brand: method.brand,
    paymentMethodType: method.type,
    tries: triesWith(facts, last),
    dueAt: facts.payment.dueAt,
    now: last.finishedAt ?? last.startedAt,
    timeZone: facts.timeZone,
  });
  switch (plan.kind) {
    case 'retry':
      return {
        ...chargedAt(Math.max(plan.at, now), decision.reason),
        triesMade: plan.triesMade,
        triesAllowed: plan.triesAllowed,
      };
    case 'wait_for_shopper':
      return waitsFor(
        'shopper',
        decision.kind === 'authenticate' ? 'authenticate' : decision.reason,
      );
    case 'exhausted':
      return { ...over, nextStepReason: plan.reason, isExhausted: true };
  }
}

/** A card that must never be tried again stays that card, however often it is saved. */
function isRefusedForGood(last: Row<'attempts'>, method: Row<'paymentMethods'>): boolean {
  const isSameCard = last.cardFingerprint !== null && last.cardFingerprint === method.fingerprint;
  return isSameCard && decisionOf(last, method).kind === 'never_with_this_method';
}

function decisionOf(
  last: Row<'attempts'>,
  { type }: Row<'paymentMethods'>,
): ReturnType<typeof decideAfterDecline> {
  return decideAfterDecline({
    code: last.errorCode,
    declineCode: last.declineCode,
    adviceCode: last.adviceCode,
    networkAdviceCode: last.networkAdviceCode,
    paymentMethodType: type,
  });
}

/** When this payment was tried with this card, or with this entry where it has no fingerprint. */
function triesWith({ attempts }: PaymentFacts, last: Row<'attempts'>): Instant[] {
  return attempts
    .filter(({ cardFingerprint, paymentMethodId }) =>
      last.cardFingerprint
        ? cardFingerprint === last.cardFingerprint
        : paymentMethodId === last.paymentMethodId,
    )
    .map(({ startedAt }) => startedAt);
}
