import { html } from 'hono/html';
import { brandSprite } from '../checkout-page/brand-icons.ts';
import type { Markup } from '../checkout-page/document.ts';

type Settings = {
  kind: string;
  /** The sandbox's month, `2026-11`: its clock can be moved, the browser's cannot. */
  month: string;
  fields: Markup;
};

/** A frame's page. It shows nothing until the page around it says what it is for. */
export function elementDocument({ kind, month, fields }: Settings): Markup {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>Secure payment fields</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/elements/frame.css" />
        <script src="/elements/frame.js" defer></script>
      </head>
      <body data-kind="${kind}" data-month="${month}">
        ${brandSprite()}
        <div id="frame" hidden>
          <form id="form" novalidate autocomplete="on">${fields}</form>
        </div>
      </body>
    </html>`;
}
