import { html } from 'hono/html';
import { htmlDocument } from '../checkout-page/document.ts';
import type { Markup } from '../checkout-page/document.ts';
import { bankCard, factList } from './bank-card.ts';
import type { WaitingIntent } from './find-waiting-intent.ts';

/** The page a bank would show. It ends the challenge by one of two buttons. */
export function challengePage({ intent, merchant, amount }: WaitingIntent): Markup {
  return htmlDocument({
    title: '3D Secure 2 test page',
    bodyClass: 'challenge',
    script: '/_pages/challenge.js',
    body: bankCard({
      intentId: intent.id,
      title: '3D Secure 2 test page',
      content: html`<p>
          Your bank would ask here whether it is really you. Choose what happens instead.
        </p>
        ${factList([
          ['Merchant', merchant],
          ['Amount', amount ?? 'No charge'],
        ])}`,
      complete: 'Complete authentication',
      fail: 'Fail authentication',
    }),
  });
}
