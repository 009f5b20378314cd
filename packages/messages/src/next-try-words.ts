import { m } from '../compiled/messages.js';
import { declineWords } from './decline-words.ts';

/** What was planned after a decline, with the day and hour as they are written for staff. */
export type PlannedTry =
  | { kind: 'retry'; when: string; triesMade: number; triesAllowed: number }
  | { kind: 'wait_for_shopper'; reason: string }
  | { kind: 'exhausted'; reason: 'no_tries_left' | 'too_late' };

/** The plan in one line: what is left of the budget and when it is used, or why nothing is tried. */
export function nextTryWords(plan: PlannedTry): string {
  switch (plan.kind) {
    case 'retry':
      return m.decline_plan_retry({
        left: plan.triesAllowed - plan.triesMade,
        allowed: plan.triesAllowed,
        when: plan.when,
      });
    case 'wait_for_shopper': {
      const codes = { errorCode: null, declineCode: plan.reason, adviceCode: null };
      return m.decline_plan_waits({ why: declineWords(codes).meaning });
    }
    case 'exhausted':
      return plan.reason === 'too_late' ? m.decline_plan_too_late() : m.decline_plan_no_tries();
  }
}
