import { readFile } from 'node:fs/promises';
import type { Hono } from 'hono';
import { bundleBrowserScript } from '../checkout-page/bundle-browser-script.ts';
import { pageHeaders } from '../checkout-page/page-headers.ts';
import type { SandboxContext } from '../context.ts';
import { elementDocument } from './element-document.ts';
import { FIELDS_OF } from './frame-fields.ts';

const SCRIPT = new URL('./browser/frame.ts', import.meta.url);
const STYLESHEETS = ['fields', 'payment', 'line'];

function readStyles(): Promise<string> {
  const files = STYLESHEETS.map((name) =>
    readFile(new URL(`./styles/${name}.css`, import.meta.url), 'utf8'),
  );
  return Promise.all(files).then((parts) => parts.join('\n'));
}

/** The frames that hold card and bank fields. They are the same for everybody, and hold no secret. */
export function registerElementFrames(app: Hono, ctx: SandboxContext): void {
  const headers = { 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' };
  app.get('/elements/frame.js', async (c) =>
    c.body(await bundleBrowserScript(SCRIPT), 200, {
      ...headers,
      'content-type': 'text/javascript; charset=utf-8',
    }),
  );
  app.get('/elements/frame.css', async (c) =>
    c.body(await readStyles(), 200, { ...headers, 'content-type': 'text/css; charset=utf-8' }),
  );
  for (const [kind, fields] of Object.entries(FIELDS_OF)) {
    app.get(`/elements/${kind}`, pageHeaders('loopback'), async (c) => {
      const month = new Date(ctx.clock.now()).toISOString().slice(0, 7);
      return c.html(await elementDocument({ kind, month, fields: fields() }));
    });
  }
}
