import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';

export default defineConfig({
  // Their components are Svelte sources, which Node cannot load as they are.
  ssr: { noExternal: ['@lucide/svelte', 'bits-ui', 'runed', 'svelte-toolbelt'] },
  plugins: [
    tailwindcss(),
    sveltekit({
      adapter: adapter({ precompress: false }),
      // Spans go nowhere unless OTEL_EXPORTER_OTLP_ENDPOINT is set (instrumentation.server.ts).
      tracing: { server: true },
      // Replaced by our own, stricter check in hooks.server.ts: the app's origin is only known when
      // it runs, and behind a proxy the request's own URL does not tell it.
      csrf: { trustedOrigins: ['*'] },
      csp: {
        mode: 'nonce',
        directives: {
          'default-src': ['none'],
          'script-src': ['self'],
          // The hash is of the style attribute on SvelteKit's own announcer of page changes.
          'style-src': [
            'self',
            'unsafe-hashes',
            'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo=',
          ],
          'img-src': ['self', 'data:'],
          'font-src': ['self'],
          'connect-src': ['self'],
          'form-action': ['self'],
          'base-uri': ['none'],
          'frame-ancestors': ['none'],
        },
      },
    }),
  ],
});
