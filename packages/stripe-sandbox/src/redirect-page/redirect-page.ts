import { html } from 'hono/html';
import { bankCard, factList } from '../challenge-page/bank-card.ts';
import type { WaitingIntent } from '../challenge-page/find-waiting-intent.ts';
import { htmlDocument } from '../checkout-page/document.ts';
import type { Markup } from '../checkout-page/document.ts';
import { methodWords } from '../checkout-page/method-words.ts';

/** The page that stands for the site of a redirect method's bank or wallet. */
export function redirectPage({ intent, merchant, amount, methodType }: WaitingIntent): Markup {
  const { label } = methodWords(methodType);
  const pays = amount !== null;
  const title = `${label} test ${pays ? 'payment' : 'authorization'} page`;
  return htmlDocument({
    title,
    bodyClass: 'challenge',
    script: '/_pages/challenge.js',
    body: bankCard({
      intentId: intent.id,
      title,
      content: html`<p>
          This page stands for the site of ${label}. Choose how it ends; either way you go back to
          ${merchant}.
        </p>
        ${factList([
          ['Merchant', merchant],
          ['Payment method', label],
          ['Amount', amount ?? 'No charge'],
        ])}
        <ul class="outcomes">
          <li>
            <strong>Complete:</strong> ${
              pays ? 'the payment goes through.' : `${label} may be charged by ${merchant} later.`
            }
          </li>
          <li><strong>Fail:</strong> it is refused, and you can choose another payment method.</li>
        </ul>`,
      complete: pays ? 'Complete test payment' : 'Complete test authorization',
      fail: pays ? 'Fail test payment' : 'Fail test authorization',
    }),
  });
}
