import { expect, test } from 'vitest';
import { readEntry } from './read-entry.ts';

test('two amounts are read as cents, one digit or two', () => {
  expect(readEntry('amounts', ['32', '05'])).toEqual({ amounts: ['32', '5'] });
  expect(readEntry('amounts', ['32', ''])).toHaveProperty('message');
  expect(readEntry('amounts', ['0.32', '45'])).toHaveProperty('message');
});

test('a code is read in capitals, and must look like one', () => {
  expect(readEntry('descriptor_code', [' sm11aa '])).toEqual({ descriptor_code: 'SM11AA' });
  expect(readEntry('descriptor_code', ['11AA'])).toHaveProperty('message');
});
