import { readFile } from 'node:fs/promises';
import { bundleBrowserScript } from '../checkout-page/bundle-browser-script.ts';
import { pageHeaders } from '../checkout-page/page-headers.ts';
import type { ControlApp } from '../control/control-app.ts';
import { controlPage } from './control-page.ts';

const SCRIPT = new URL('./browser/control.ts', import.meta.url);
const STYLES = new URL('./styles/control.css', import.meta.url);

/** `GET /_sandbox`: the page, its script and its styles. */
export function serveControlPage(app: ControlApp): void {
  app.get('/', pageHeaders('nobody'), (c) => c.html(controlPage()));
  app.get('/page.js', async (c) =>
    c.body(await bundleBrowserScript(SCRIPT), 200, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
    }),
  );
  app.get('/page.css', async (c) =>
    c.body(await readFile(STYLES, 'utf8'), 200, {
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
    }),
  );
}
