import { expect, it } from 'vitest';
import { pathAfterSignIn } from './path-after-sign-in.ts';

const signIn = (next: string) =>
  new URL(`http://localhost:3001/sign-in?next=${encodeURIComponent(next)}`);

it('goes back to the page that asked for the sign-in', () => {
  expect(pathAfterSignIn(signIn('/customers?email=kim'))).toBe('/customers?email=kim');
});

it.each(['https://evil.example/', '//evil.example/', '/\\evil.example', 'javascript:alert(1)', ''])(
  'goes nowhere else for %s',
  (next) => {
    expect(pathAfterSignIn(signIn(next))).toBe('/');
  },
);
