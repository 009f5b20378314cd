import type { Instant, PaymentStatus, Row } from '@onfile/db/database.ts';
import type { NextStep } from '@onfile/db/payments.ts';
import { decideAfterDecline } from '../dunning/decline-policy.ts';
import { earliestTry, planNextTry } from '../dunning/dunning-schedule.ts';
import type { TriesSoFar } from '../dunning/dunning-schedule.ts';
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

/** It is over, or Stripe is at work on it. */
export const noStep: PlannedStep = {
  nextStep: null,
  nextStepReason: null,
  chargeAt: null,
  triesMade: null,
  triesAllowed: null,
  isExhausted: false,
};

function waitsFor(nextStep: 'shopper' | 'staff', nextStepReason: string): PlannedStep {
  return { ...noStep, nextStep, nextStepReason };
}

function chargedAt(chargeAt: Instant, nextStepReason: string): PlannedStep {
  return { ...noStep, nextStep: 'charge', nextStepReason, chargeAt };
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
  /** Before this moment its payer was not told early enough of a first debit; 0 for cards. */
  noticedFrom: Instant;
  now: Instant;
}

/** Obstacles that staff have put there, or have to decide about. */
const staffObstacles: RefusalCode[] = [
  'agreement_cap_exceeded',
  'agreement_currency_differs',
  'payment_method_frozen',
];

/** In these there may be something to do; in every other there is not, whatever else is known. */
const statusesWithStep: PaymentStatus[] = [
  'scheduled',
  'requires_payment_method',
  'requires_action',
  'uncollectible',
];

/** Whether a payment may have a next step at all: only then its other facts matter. */
export function hasNextStep({ status }: Pick<Row<'payments'>, 'status'>): boolean {
  return statusesWithStep.includes(status);
}

/**
 * The next step of a payment, from nothing but its facts, so that it can be found again at any time:
 * after an answer, a change by staff or by the shopper, or a crash.
 */
export function nextStepOf(facts: PaymentFacts): PlannedStep {
  const { payment, attempts, method, obstacle, now } = facts;
  if (attempts.some(({ status }) => status === 'open')) return noStep;
  if (payment.status === 'requires_action') return waitsFor('shopper', 'authenticate');
  // Why nobody tries to collect it any more is not planned again.
  if (payment.status === 'uncollectible')
    return { ...noStep, nextStepReason: payment.nextStepReason };
  if (!hasNextStep(payment)) return noStep;
  if (payment.pausedAt !== null) return waitsFor('staff', 'paused');
  if (!payment.agreementId) return waitsFor('shopper', 'pay_order');
  // Nothing can be held on a bank account.
  const canServe = method?.type === 'card' || payment.kind !== 'hold';
  if (!method || !canServe) return waitsFor('shopper', 'method_needed');
  if (obstacle) {
    return waitsFor(staffObstacles.includes(obstacle) ? 'staff' : 'shopper', obstacle);
  }
  const last = attempts.at(-1);
  if (!last || !(isSameMethod(last, method) || isRefusedForGood(last, method))) {
    const at = Math.max(now, payment.dueAt, facts.noticedFrom);
    return chargedAt(at, last ? 'method_changed' : 'due');
  }
  return afterTry({ ...facts, method }, last);
}

type FactsWithMethod = PaymentFacts & { method: Row<'paymentMethods'> };

function afterTry(facts: FactsWithMethod, last: Row<'attempts'>): PlannedStep {
  const { method, payment, now } = facts;
  if (last.status === 'rejected') return waitsFor('staff', 'rejected');
  if (last.status === 'requires_action') return waitsFor('shopper', 'authenticate');
  // Staff may have put it off: no further try is made before its day either.
  const onItsDay = Math.max(now, payment.dueAt);
  const isNewCard = method.bankUpdatedAt !== null && method.bankUpdatedAt > last.startedAt;
  if (isNewCard && method.type === 'card') return chargedAt(onItsDay, 'card_updated');
  const so = triesSoFar(facts, last);
  const { reason, kind } = so.decision;
  const plan = planNextTry(so);
  switch (plan.kind) {
    case 'retry':
      return {
        ...chargedAt(Math.max(plan.at, onItsDay), reason),
        triesMade: plan.triesMade,
        triesAllowed: plan.triesAllowed,
      };
    case 'wait_for_shopper':
      return waitsFor('shopper', kind === 'authenticate' ? 'authenticate' : reason);
    case 'exhausted':
      return { ...noStep, nextStepReason: plan.reason, isExhausted: true };
  }
}

function triesSoFar(facts: FactsWithMethod, last: Row<'attempts'>): TriesSoFar {
  const { method, payment } = facts;
  return {
    decision: decisionOf(last, method),
    brand: method.brand,
    paymentMethodType: method.type,
    tries: triesWith(facts, last),
    dueAt: payment.dueAt,
    now: last.finishedAt ?? last.startedAt,
    timeZone: facts.timeZone,
  };
}

/** From when on staff may charge it ahead of what is planned: any time, but after a bank's no. */
export function earliestChargeOf(facts: PaymentFacts): Instant {
  const { attempts, method, now } = facts;
  const last = attempts.at(-1);
  if (!method || last?.status !== 'declined' || !isSameMethod(last, method)) {
    return Math.max(now, facts.noticedFrom);
  }
  return Math.max(now, earliestTry(triesSoFar({ ...facts, method }, last)));
}

/**
 * Whether the last try was made with what is on file now. A card that was saved once more, for whatever, is
 * the card that its bank has just refused for a while: our plan goes on. Where the bank wanted another
 * card, or its owner, the new entry may be what helps.
 */
function isSameMethod(last: Row<'attempts'>, method: Row<'paymentMethods'>): boolean {
  if (last.paymentMethodId === method.id) return true;
  const isSameCard = last.cardFingerprint !== null && last.cardFingerprint === method.fingerprint;
  return isSameCard && last.status === 'declined' && decisionOf(last, method).kind === 'later';
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
