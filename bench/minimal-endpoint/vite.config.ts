import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [
    // Servers that post have no origin: the check against forms of other sites is not for them.
    sveltekit({ adapter: adapter({ precompress: false }), csrf: { trustedOrigins: ['*'] } }),
  ],
});
