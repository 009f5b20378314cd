import { expect, test } from 'vitest';
import { chooseLocale } from './choose-locale.ts';

const three = ['de', 'en', 'pt-BR'];

test.each([
  [null, 'en'],
  ['', 'en'],
  ['*', 'en'],
  ['de', 'de'],
  ['de-AT,de;q=0.9,en;q=0.8', 'de'],
  ['fr-CH, fr;q=0.9, de;q=0.7, *;q=0.5', 'de'],
  ['en-GB,en;q=0.9,de;q=0.8', 'en'],
  ['de;q=0.2, pt-BR', 'pt-BR'],
  ['de;q=0, *;q=0.1', 'en'],
  ['ja', 'en'],
  ['not; a, header;;q=x', 'en'],
])('a browser that asks for %j gets the terms in %s', (acceptLanguage, locale) => {
  expect(chooseLocale(three, acceptLanguage)).toBe(locale);
});

test('terms that are published in another language only are better than none', () => {
  expect(chooseLocale(['de'], 'ja')).toBe('de');
  expect(chooseLocale([], 'ja')).toBe('en');
});
