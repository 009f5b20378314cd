import { expect, test } from 'vitest';
import { isForeignWrite } from './check-origin.ts';

const own = 'http://localhost:3000';

function sent(method: string, origin?: string): Request {
  return new Request(`${own}/trpc/setup.start`, { method, headers: origin ? { origin } : {} });
}

test('a write from the app itself is its own', () => {
  expect(isForeignWrite(sent('POST', own), own)).toBe(false);
});

test.each(['http://127.0.0.1:3000', 'http://localhost:3001', 'null', undefined])(
  'a write with the origin %s is foreign',
  (origin) => {
    expect(isForeignWrite(sent('POST', origin), own)).toBe(true);
  },
);

test('a read may come from anywhere', () => {
  expect(isForeignWrite(sent('GET', 'https://elsewhere.example'), own)).toBe(false);
});
