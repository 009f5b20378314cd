import { html } from 'hono/html';
import type { Markup } from '../checkout-page/document.ts';

type BankCard = {
  intentId: string;
  title: string;
  content: Markup;
  /** What the two buttons say. */
  complete: string;
  fail: string;
};

/** Pairs of a name and a value, as a bank lists what one is about to agree to. */
export function factList(facts: readonly (readonly [string, string])[]) {
  return html`<dl>
    ${facts.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

/** The card with the two buttons that end a challenge or a redirect, well or badly. */
export function bankCard({ intentId, title, content, complete, fail }: BankCard): Markup {
  return html`<main
    class="challenge-card"
    data-intent="${intentId}"
    id="challenge-card"
    aria-labelledby="challenge-title"
  >
    <p class="challenge-badge"><span class="badge">Sandbox</span></p>
    <h1 id="challenge-title">${title}</h1>
    ${content}
    <div role="alert" id="challenge-alert" class="form-alert"></div>
    <p role="status" id="challenge-done" class="challenge-done"></p>
    <div class="challenge-actions" id="challenge-actions">
      <button type="button" class="submit" data-outcome="complete">${complete}</button>
      <button type="button" class="secondary" data-outcome="fail">${fail}</button>
    </div>
  </main>`;
}
