import { expect, test } from 'vitest';
import { noForeignSources, stripeSources } from './policy-sources.ts';
import { extendPolicy, setSecurityHeaders } from './security-headers.ts';

const sandbox = stripeSources(new URL('http://127.0.0.1:3002'));

test('the sandbox is added beside the nonces of the page', () => {
  const policy = extendPolicy("script-src 'self' 'nonce-abc'; frame-src 'none'", sandbox);
  expect(policy).toContain("script-src 'self' 'nonce-abc' http://127.0.0.1:3002");
  expect(policy).toContain('frame-src http://127.0.0.1:3002');
  expect(policy).toContain("connect-src 'self' http://127.0.0.1:3002");
});

test('an app without Stripe.js names no other origin', () => {
  expect(extendPolicy("script-src 'self'; frame-src 'none'", noForeignSources)).toBe(
    "script-src 'self'; frame-src 'none'",
  );
});

test('an answer that is no page may load nothing and be framed by nobody', () => {
  const headers = new Headers();
  setSecurityHeaders(headers, {
    ownOrigin: 'https://shop.example.com',
    sources: noForeignSources,
    referrer: 'none',
  });
  expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('strict-transport-security')).toContain('max-age');
});
