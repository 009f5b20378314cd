import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const SCRIPT = `
import { loadStripe } from '@stripe/stripe-js/pure';
window.heard = [];
window.addEventListener('message', (event) => window.heard.push(JSON.stringify(event.data)));
window.stripe = await loadStripe(document.body.dataset.key);
document.body.dataset.ready = 'yes';
`;

async function bundleScript(): Promise<string> {
  const result = await build({
    stdin: { contents: SCRIPT, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    write: false,
    format: 'esm',
    tsconfigRaw: '{}',
  });
  return result.outputFiles[0]?.text ?? '';
}

function pageMarkup(sandboxUrl: string, key: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/shop.css">
    <script src="${sandboxUrl}/stripe.js"></script>
    <script type="module" src="/host.js"></script></head>
    <body data-key="${key}"><main><h1>Shop</h1>
      <div id="element"></div><div id="second"></div><div id="third"></div>
      <button id="pay" type="button">Pay</button></main></body></html>`;
}

const STYLES = `
  body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: #f6f8fb; color: #1a1f36; }
  main { max-width: 560px; margin: 0 auto; padding: 24px 16px; }
  #element { margin: 16px 0; }
  #pay { width: 100%; padding: 12px; font: inherit; border: 0; border-radius: 6px; background: #0a5bd3; color: #fff; }
  .boxed { padding: 12px; border: 1px solid #c8ced8; border-radius: 6px; background: #fff; }
`;

/** A merchant's page on another site, with Stripe.js loaded by the unmodified loader. */
export type StripeJsHost = { url: string; close(): Promise<void> };

/** As strict as a real shop's: nothing inline, and of other origins the sandbox alone. */
export async function openStripeJsHost(sandboxUrl: string, key: string): Promise<StripeJsHost> {
  const script = await bundleScript();
  const policy = `default-src 'none'; script-src 'self' ${sandboxUrl}; style-src 'self'; connect-src 'self' ${sandboxUrl}; frame-src ${sandboxUrl}; img-src data:`;
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (path === '/host.js') {
      response.setHeader('content-type', 'text/javascript').end(script);
    } else if (path === '/shop.css') {
      response.setHeader('content-type', 'text/css').end(STYLES);
    } else {
      response.setHeader('content-security-policy', policy);
      response.setHeader('content-type', 'text/html').end(pageMarkup(sandboxUrl, key));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${String(port)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
