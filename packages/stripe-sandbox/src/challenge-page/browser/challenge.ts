import { findElement } from '../../checkout-page/browser/find-element.ts';
import { tellParent } from '../../checkout-page/browser/tell-parent.ts';

/** What the sandbox answers when a challenge has ended. */
type ChallengeEnd = { return_url: string | null };

async function endChallenge(intentId: string, outcome: string): Promise<ChallengeEnd | undefined> {
  try {
    const response = await fetch(`/_challenge/${intentId}/${outcome}`, {
      method: 'POST',
      headers: { accept: 'application/json' },
    });
    return response.ok ? ((await response.json()) as ChallengeEnd) : undefined;
  } catch {
    return undefined;
  }
}

/** There is nowhere to go back to: the page says how it ended, where the buttons were. */
function showEnd(outcome: string): void {
  findElement('challenge-actions', HTMLElement).hidden = true;
  const words = outcome === 'fail' ? 'It was failed.' : 'It was completed.';
  findElement('challenge-done', HTMLElement).textContent = `${words} You can close this page.`;
}

function start(): void {
  const card = findElement('challenge-card', HTMLElement);
  const buttons = [...card.querySelectorAll<HTMLButtonElement>('[data-outcome]')];
  const intentId = card.dataset['intent'] ?? '';

  const press = async (outcome: string): Promise<void> => {
    for (const button of buttons) button.disabled = true;
    const end = await endChallenge(intentId, outcome);
    if (end && window.parent !== window) {
      tellParent({ sandbox: true, type: 'challenge_ended', intentId });
    } else if (end?.return_url) {
      location.assign(end.return_url);
    } else if (end) {
      showEnd(outcome);
    } else {
      for (const button of buttons) button.disabled = false;
      findElement('challenge-alert', HTMLElement).textContent =
        'This has ended already, or the sandbox is not running. Try again, or go back to the shop.';
    }
  };
  for (const button of buttons) {
    button.addEventListener('click', () => void press(button.dataset['outcome'] ?? ''));
  }
}

start();
