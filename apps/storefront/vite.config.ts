import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

/** The server in front of the adapter's: built with the app, so that both have one runtime. */
const ownServer: Plugin = {
  name: 'onfile-own-server',
  apply: 'build',
  config() {
    const input = { main: fileURLToPath(new URL('./src/main.ts', import.meta.url)) };
    return { environments: { ssr: { build: { rolldownOptions: { input } } } } };
  },
};

export default defineConfig({
  // Svelte sources that are reached through our own packages, which Node cannot load as they are.
  ssr: { noExternal: ['bits-ui', 'runed', 'svelte-toolbelt'] },
  plugins: [
    ownServer,
    tailwindcss(),
    sveltekit({
      adapter: adapter({ precompress: false }),
      // Spans go nowhere unless OTEL_EXPORTER_OTLP_ENDPOINT is set (instrumentation.server.ts).
      tracing: { server: true },
      // Replaced by our own, stricter check in hooks.server.ts: the app's origin is only known when
      // it runs, and behind a proxy the request's own URL does not tell it.
      csrf: { trustedOrigins: ['*'] },
      // Origins that depend on configuration (Stripe's or the sandbox's) are added in hooks.server.ts.
      csp: {
        mode: 'nonce',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          // The hash is of the style attribute on SvelteKit's own announcer of page changes.
          'style-src': [
            'self',
            'unsafe-hashes',
            'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo=',
          ],
          'img-src': ['self', 'data:'],
          'connect-src': ['self'],
          'frame-src': ['none'],
          'object-src': ['none'],
          'base-uri': ['none'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
        },
      },
    }),
  ],
});
