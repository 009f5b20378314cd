import { html } from 'hono/html';
import { htmlDocument } from './document.ts';
import type { Markup } from './document.ts';

export type ClosedCard = {
  title: string;
  sentence: string;
  /** Where the shopper can go from here, the best way first. */
  links?: { href: string; words: string }[];
  icon: 'clock' | 'tick' | 'question';
};

const ICONS: Record<ClosedCard['icon'], string> = {
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm0 4.5V12l3 2',
  tick: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm-4 9.5l2.8 2.8 5-5.6',
  question:
    'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm-2.5 6.8a2.5 2.5 0 1 1 3.8 2.1c-.8.5-1.3 1-1.3 1.8m0 2.3v.4',
};

/** What is said instead of a form: the session is expired, complete, or unknown. */
export function closedCard({ title, sentence, links, icon }: ClosedCard): Markup {
  return html`<main class="closed-card" aria-labelledby="closed-title">
    <svg class="closed-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d="${ICONS[icon]}" />
    </svg>
    <h1 id="closed-title" tabindex="-1">${title}</h1>
    <p>${sentence}</p>
    ${(links ?? []).map(
      ({ href, words }, index) =>
        html`<a
          class="${index === 0 ? 'button-link' : 'plain-link'}"
          href="${href}"
          rel="noreferrer"
          target="_top"
          >${words}</a
        >`,
    )}
    <p class="closed-badge"><span class="badge">Sandbox</span></p>
  </main>`;
}

/** A page without a form. */
export function closedPage(card: ClosedCard): Markup {
  return htmlDocument({
    title: card.title,
    bodyClass: 'hosted closed',
    script: null,
    body: closedCard(card),
  });
}
