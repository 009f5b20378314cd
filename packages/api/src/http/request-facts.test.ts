import { expect, test } from 'vitest';
import { requestFacts } from './request-facts.ts';

test('an IPv4 address that came over an IPv6 socket is written as IPv4', () => {
  const facts = requestFacts(new Headers(), () => '::ffff:203.0.113.7', 'req-1');
  expect(facts.ipAddress).toBe('203.0.113.7');
});

test('where the proxy named no address, none is claimed', () => {
  const unnamed = () => {
    throw new Error('Address header was specified but is absent');
  };
  expect(requestFacts(new Headers(), unnamed, 'req-1').ipAddress).toBeNull();
});

test('an over-long user agent is cut', () => {
  const headers = new Headers({ 'user-agent': 'x'.repeat(5_000) });
  expect(requestFacts(headers, () => '203.0.113.7', 'req-1').userAgent).toHaveLength(512);
});
