import { readFile } from 'node:fs/promises';
import type { Hono } from 'hono';
import { bundleBrowserScript } from './bundle-browser-script.ts';

const SCRIPTS: Record<string, URL> = {
  '/stripe.js': new URL('../stripe-js/stripe.ts', import.meta.url),
  '/_pages/checkout.js': new URL('./browser/checkout.ts', import.meta.url),
  '/_pages/challenge.js': new URL('../challenge-page/browser/challenge.ts', import.meta.url),
  '/_pages/portal.js': new URL('../portal-page/browser/portal.ts', import.meta.url),
  '/_pages/microdeposits.js': new URL(
    '../microdeposit-page/browser/microdeposits.ts',
    import.meta.url,
  ),
};

/** In the order of the cascade. */
const STYLESHEETS = [
  'page',
  'summary',
  'test-cards',
  'fields',
  'choices',
  'consent',
  'button',
  'embedded',
  'challenge',
  'bank-pages',
  'portal',
  'closed',
  'narrow-and-still',
];

function readStyles(): Promise<string> {
  const files = STYLESHEETS.map((name) =>
    readFile(new URL(`./styles/${name}.css`, import.meta.url), 'utf8'),
  );
  return Promise.all(files).then((parts) => parts.join('\n'));
}

/** The stand-in script, and the scripts and styles of the pages. */
export function serveAssets(app: Hono): void {
  for (const [path, entryPoint] of Object.entries(SCRIPTS)) {
    app.get(path, async (c) =>
      c.body(await bundleBrowserScript(entryPoint), 200, {
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'no-cache',
        'x-content-type-options': 'nosniff',
        // Pages with cross-origin isolation may load it too, as they may load Stripe's.
        'cross-origin-resource-policy': 'cross-origin',
      }),
    );
  }
  app.get('/_pages/checkout.css', async (c) =>
    c.body(await readStyles(), 200, {
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
    }),
  );
}
