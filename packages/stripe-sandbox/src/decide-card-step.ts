import type { DeclineName } from './declines.ts';
import type { CardStep } from './test-cards.ts';

/** What a bank answers now. */
export type BankAnswer =
  { kind: 'approved' } | { kind: 'challenge' } | { kind: 'declined'; name: DeclineName };

/**
 * What the bank says at one step of a card's row. `challengePassed`: the shopper has just passed 3DS
 * for this intent. `authenticated`: the card was set up with 3DS earlier.
 */
export function decideCardStep(
  step: CardStep,
  shopper: { challengePassed: boolean; authenticated: boolean },
): BankAnswer {
  if (step === 'approve') return { kind: 'approved' };
  if (step === 'approve_if_authenticated') {
    return shopper.authenticated || shopper.challengePassed
      ? { kind: 'approved' }
      : { kind: 'declined', name: 'authentication_required' };
  }
  if (step === 'challenge') {
    return shopper.challengePassed ? { kind: 'approved' } : { kind: 'challenge' };
  }
  const afterChallenge = afterChallengeOf(step);
  if (afterChallenge === undefined) return { kind: 'declined', name: step as DeclineName };
  return shopper.challengePassed
    ? { kind: 'declined', name: afterChallenge }
    : { kind: 'challenge' };
}

function afterChallengeOf(step: CardStep): DeclineName | undefined {
  return step.startsWith('challenge_then:')
    ? (step.slice('challenge_then:'.length) as DeclineName)
    : undefined;
}
