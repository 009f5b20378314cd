import type { DeclineCodes, DeclineName } from './declines.ts';
import type { CardStep } from './test-cards.ts';

/** What a bank answers now. */
export type BankAnswer =
  | { kind: 'approved' }
  | { kind: 'challenge' }
  | { kind: 'declined'; name: DeclineName; codes?: DeclineCodes };

/** What the bank knows about the shopper when it is asked. */
type Shopper = {
  /** Has just passed 3DS for this intent. */
  challengePassed: boolean;
  /** The card was set up with 3DS earlier. */
  authenticated: boolean;
  /** The card belongs to a customer already: this is no first purchase. */
  saved: boolean;
};

const ONCE_SAVED = 'challenge_once_saved:';
const THEN = 'challenge_then:';

/** What the bank says at one step of a card's row. */
export function decideCardStep(step: CardStep, shopper: Shopper): BankAnswer {
  if (step === 'approve') return { kind: 'approved' };
  if (step === 'approve_if_authenticated') {
    return shopper.authenticated || shopper.challengePassed
      ? { kind: 'approved' }
      : { kind: 'declined', name: 'authentication_required' };
  }
  if (!isChallenge(step)) return { kind: 'declined', name: step };
  if (!shopper.challengePassed) return { kind: 'challenge' };
  const name = declineAfter(step, shopper.saved);
  return name === null ? { kind: 'approved' } : { kind: 'declined', name };
}

type Challenge = Exclude<CardStep, 'approve' | 'approve_if_authenticated' | DeclineName>;

function isChallenge(step: CardStep): step is Challenge {
  return step === 'challenge' || step.startsWith(THEN) || step.startsWith(ONCE_SAVED);
}

/** What the bank says no with once the challenge is passed; null when it says yes. */
function declineAfter(step: Challenge, saved: boolean): DeclineName | null {
  if (step.startsWith(THEN)) return step.slice(THEN.length) as DeclineName;
  if (step.startsWith(ONCE_SAVED) && saved) return step.slice(ONCE_SAVED.length) as DeclineName;
  return null;
}
