import { html } from 'hono/html';
import type { Markup } from './document.ts';

const LINK = /\[([^\][]+)\]\((https?:\/\/[^\s()]+)\)/g;

/** A link out of the page; the form behind it stays as it is. */
export function outsideLink(href: string, words: string): Markup {
  return html`<a href="${href}" target="_blank" rel="noopener noreferrer"
    >${words}<span class="visually-hidden"> (opens in a new tab)</span></a
  >`;
}

/**
 * A merchant's own words: markdown links to http and https become links, everything else is text and
 * shown as it was written (stripe.md 2.6).
 */
export function customText(message: string): (Markup | string)[] {
  const parts: (Markup | string)[] = [];
  let from = 0;
  for (const match of message.matchAll(LINK)) {
    const [whole, words = '', href = ''] = match;
    parts.push(message.slice(from, match.index), outsideLink(href, words));
    from = match.index + whole.length;
  }
  return [...parts, message.slice(from)];
}
