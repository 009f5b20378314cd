import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** A merchant's page, on another site than the sandbox, that mounts what the server made for it. */
export type HostPage = { url: string; close(): Promise<void> };

const SCRIPT = `
import { loadStripe } from '@stripe/stripe-js/pure';
const params = new URLSearchParams(location.search);
const stripe = await loadStripe(document.body.dataset.key);
window.stripe = stripe;
if (params.has('session')) {
  const checkout = await stripe.createEmbeddedCheckoutPage({
    fetchClientSecret: () => fetch('/secret/' + params.get('session')).then((r) => r.text()),
    onComplete: () => { document.title = 'onComplete was called'; },
  });
  checkout.mount('#checkout');
}
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

function pageMarkup(sandboxUrl: string, publishableKey: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <script src="${sandboxUrl}/stripe.js"></script>
    <script type="module" src="/host.js"></script></head>
    <body data-key="${publishableKey}"><main><h1>Shop</h1><div id="checkout"></div></main></body></html>`;
}

/**
 * Serves the page at `http://localhost:…`, with a policy as strict as a real shop's: nothing inline,
 * and of other origins the sandbox alone. `secretOf` gives the client secret of a session id.
 */
export async function openHostPage(
  sandboxUrl: string,
  publishableKey: string,
  secretOf: (sessionId: string) => Promise<string>,
): Promise<HostPage> {
  const script = await bundleScript();
  const markup = pageMarkup(sandboxUrl, publishableKey);
  const policy = `default-src 'none'; script-src 'self' ${sandboxUrl}; connect-src 'self' ${sandboxUrl}; frame-src ${sandboxUrl}; img-src 'self'`;
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (path === '/host.js') {
      response.setHeader('content-type', 'text/javascript').end(script);
    } else if (path.startsWith('/secret/')) {
      void secretOf(path.slice('/secret/'.length)).then((secret) => response.end(secret));
    } else {
      response.setHeader('content-security-policy', policy);
      response.setHeader('content-type', 'text/html').end(markup);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
