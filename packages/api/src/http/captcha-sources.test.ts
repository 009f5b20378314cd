import { expect, it } from 'vitest';
import { withCaptcha } from './captcha-sources.ts';
import { noForeignSources } from './policy-sources.ts';

it('lets a page load nothing more where no CAPTCHA is set', () => {
  expect(withCaptcha(noForeignSources, null)).toEqual(noForeignSources);
});

it.each([
  ['https://js.hcaptcha.com/1/api.js', ['https://js.hcaptcha.com', 'https://*.hcaptcha.com']],
  ['http://127.0.0.1:4000/api.js', ['http://127.0.0.1:4000']],
])('lets a page load %s and what belongs to it', (scriptUrl, origins) => {
  const sources = withCaptcha(noForeignSources, scriptUrl);
  expect(sources).toEqual({
    ...noForeignSources,
    'script-src': origins,
    'frame-src': origins,
    'connect-src': origins,
  });
});
