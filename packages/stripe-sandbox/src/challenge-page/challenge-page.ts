import { html } from 'hono/html';
import { htmlDocument } from '../checkout-page/document.ts';
import type { Markup } from '../checkout-page/document.ts';

type ChallengeSettings = {
  intentId: string;
  merchant: string;
  /** As people read it; null where a card is saved and nothing is paid. */
  amount: string | null;
};

/** The page a bank would show. It ends the challenge by one of two buttons. */
export function challengePage({ intentId, merchant, amount }: ChallengeSettings): Markup {
  return htmlDocument({
    title: '3D Secure 2 test page',
    bodyClass: 'challenge',
    script: '/_pages/challenge.js',
    body: html`<main
      class="challenge-card"
      data-intent="${intentId}"
      id="challenge-card"
      aria-labelledby="challenge-title"
    >
      <p class="challenge-badge"><span class="badge">Sandbox</span></p>
      <h1 id="challenge-title">3D Secure 2 test page</h1>
      <p>A bank would ask here whether it is really you. Choose what happens.</p>
      <dl>
        <div>
          <dt>Merchant</dt>
          <dd>${merchant}</dd>
        </div>
        <div>
          <dt>Amount</dt>
          <dd>${amount ?? 'No charge'}</dd>
        </div>
      </dl>
      <div role="alert" id="challenge-alert" class="form-alert"></div>
      <div class="challenge-actions">
        <button type="button" class="submit" data-outcome="complete">
          Complete authentication
        </button>
        <button type="button" class="secondary" data-outcome="fail">Fail authentication</button>
      </div>
    </main>`,
  });
}
