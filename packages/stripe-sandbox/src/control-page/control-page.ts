import { html } from 'hono/html';
import type { Markup } from '../checkout-page/document.ts';
import { bankPanel, clockPanel, faultPanel, webhookPanel } from './panels.ts';

/** The page over the control API; its script fills in what there is. */
export function controlPage(): Markup {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>Sandbox control</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/_sandbox/page.css" />
        <script src="/_sandbox/page.js" defer></script>
      </head>
      <body>
        <header class="top">
          <h1>Sandbox control</h1>
          <p class="clock"><span>Sandbox time</span> <time id="now">–</time></p>
        </header>
        <p id="said" class="said" role="status"></p>
        <main>
          <div class="panels">${clockPanel()} ${bankPanel()} ${faultPanel()} ${webhookPanel()}</div>
          ${table('requests', 'Newest requests')} ${table('deliveries', 'Newest deliveries')}
          <div>
            <div class="title-row">
              <h2 id="objects-title">Newest objects</h2>
              <label
                >Type
                <select id="object-type"></select
              ></label>
            </div>
            ${frame('objects')}
          </div>
        </main>
      </body>
    </html>`;
}

function table(id: string, title: string): Markup {
  return html`<div>
    <h2 id="${id}-title">${title}</h2>
    ${frame(id)}
  </div>`;
}

/** Wide tables scroll inside their frame, also by keyboard. */
function frame(id: string): Markup {
  return html`<div
    class="frame"
    id="${id}"
    role="region"
    aria-labelledby="${id}-title"
    tabindex="0"
  ></div>`;
}
