import type { Told } from './run-story.ts';
import type { Act, Step, Story } from './steps.ts';

/** What came of a story: its seed, its cards, its steps, and what broke; empty when nothing did. */
export function violationsInWords(seed: number, story: Story, told: Told): string[] {
  if (told.violations.length === 0) return [];
  return [
    `seed ${String(seed)}, cards ${story.cards.join(' and ')}:`,
    ...story.steps
      .slice(0, told.stepsMade)
      .map((step, at) => `  ${String(at + 1)}. ${stepInWords(step)}`),
    ...told.violations.map((violation) => `  VIOLATION: ${violation}`),
  ];
}

/** A step as a line that a person can follow. */
function stepInWords(step: Step): string {
  switch (step.do) {
    case 'wait':
      return `${String(step.ms / 60_000)} minutes pass`;
    case 'bank':
      return `the bank's next answer is ${step.outcome}`;
    case 'tell':
      return `events ${step.picks.join(', ')} are delivered (counted round from the oldest)`;
    case 'act': {
      const { trouble } = step;
      const doings = step.doings.map(({ act, lives }) =>
        lives === null
          ? actInWords(act)
          : `${actInWords(act)} (killed at its call ${String(lives)})`,
      );
      const broken = trouble
        ? `, with ${trouble.action}${trouble.action === 'status' ? ` ${String(trouble.status)}` : ''} for ${String(trouble.requests)} ${trouble.method} requests`
        : '';
      return `${doings.join(' + ')}${broken}`;
    }
  }
}

function actInWords(act: Act): string {
  switch (act.who) {
    case 'worker':
      return `worker: ${act.loop}`;
    case 'staff':
      return `staff: ${act.deed} #${String(act.which)}`;
    case 'shopper':
      return `shopper: ${act.deed} #${String(act.which)} with ${act.card}`;
  }
}
